import { AccumulatorStateError } from '../errors';

/** The first properties of every accumulator's state. */
export interface StateHead<Kind extends string> {
  readonly kind: Kind;
  readonly version: 1;
}

/** Checks that a state was made by this class, before its parts are read. */
export function checkState<
  S extends StateHead<string> & { readonly options: object; readonly columns?: number },
>(metric: string, state: S, kind: S['kind']): S {
  const given: unknown = state;
  const seen = (typeof given === 'object' ? (given ?? {}) : {}) as Readonly<Record<string, unknown>>;
  const { columns, options } = seen;
  if (seen.kind !== kind || seen.version !== 1) {
    throw new AccumulatorStateError(
      `${metric}.fromJSON: expected a state of kind "${kind}", version 1, as toJSON makes it; received ` +
        `${typeof given === 'string' ? 'a string: JSON.parse it first' : `kind ${JSON.stringify(seen.kind)}, version ${JSON.stringify(seen.version)}`}.`,
    );
  }
  if (
    typeof options !== 'object' ||
    options === null ||
    !(columns === undefined || isPositiveInteger(columns))
  ) {
    throw new AccumulatorStateError(
      `${metric}.fromJSON: expected options and a number of columns; received ${JSON.stringify({ options, columns })}. Was the file edited?`,
    );
  }
  // JSON writes NaN as null.
  if ((options as { ignoreValue?: unknown }).ignoreValue === null)
    return { ...state, options: { ...options, ignoreValue: Number.NaN } };
  return state;
}

function isPositiveInteger(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** Reads `length` counts, each an integer from 0. */
export function readCounts(metric: string, name: string, values: unknown, length: number): Float64Array {
  const counts = Array.isArray(values) ? (values as unknown[]) : [];
  if (
    counts.length !== length ||
    !Array.isArray(values) ||
    !counts.every((count) => Number.isSafeInteger(count) && (count as number) >= 0)
  ) {
    throw new AccumulatorStateError(
      `${metric}.fromJSON: expected ${name} to be ${length} integers from 0; received ${JSON.stringify(values)?.slice(0, 60)}. Was the file cut or edited?`,
    );
  }
  return Float64Array.from(counts as number[]);
}

/**
 * Options as JSON stores them: typed arrays as arrays, without undefined values. Names are in a fixed order,
 * so that equal options give equal texts.
 */
export function plainOptions<O extends object>(options: O): O {
  const entries = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        [name, typeof value === 'object' ? Array.from(value as ArrayLike<unknown>) : value] as const,
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries) as O;
}
