import { DatasetOptionError } from '../errors';
import { checkOptions, type OptionRule, oneOf } from '../options/check-options';

/** The meaning of a cell for a label. */
type LabelValue = 0 | 1 | 'unknown';

/**
 * The meaning of the cells in label columns: cells by their text, in any letter case, or by their number (`1` is `1.0` and
 * `1,0` too; an empty cell is `''`). A cell in none of the lists is an error.
 */
export interface CellValueLists {
  readonly positive: readonly (string | number | boolean)[];
  readonly negative: readonly (string | number | boolean)[];
  readonly unknown?: readonly (string | number | boolean)[];
}

/** CheXpert's convention: 1 positive, 0 negative, −1 uncertain, blank unmentioned. */
export interface CheXpertValues {
  readonly convention: 'chexpert';
  /** The value of an uncertain label (−1); default `'unknown'`. `'zero'` and `'one'` are CheXpert's U-Zeros and U-Ones. */
  readonly uncertain?: 'zero' | 'one' | 'unknown';
  /** The value of an unmentioned label (blank); default `'unknown'`. */
  readonly unmentioned?: 'zero' | 'unknown';
}

/**
 * The meaning of the cells in label columns.
 *
 * `'zero-one'`: 1 positive, 0 negative. `'plus-minus'`: 1 positive, −1 negative. `'chexpert'`: see {@link CheXpertValues}.
 * With the first two, blank, NaN, NA, null, none and ? are unknown, and yes, true, no and false are understood.
 */
export type CellValues = 'zero-one' | 'plus-minus' | 'chexpert' | CheXpertValues | CellValueLists;

/** Reads cells of label columns by one meaning. */
export interface LabelValueReader {
  /** The meaning of a cell; undefined if the cell has none of the values. */
  read(cell: unknown): LabelValue | undefined;
  /** A description of the values, for error messages. */
  readonly expected: string;
  /** The first −1 and 0 that were read, if no meaning was given and both occurred. */
  ambiguity(): string | undefined;
}

const MISSING = ['', '?', 'nan', 'na', 'n/a', '#n/a', '<na>', 'null', 'none'];
const YES = ['1', 'true', 'yes'];
const NO = ['false', 'no'];
const EITHER: CellValueLists = { positive: YES, negative: ['0', '-1', ...NO], unknown: MISSING };
const POLICY = { zero: 0, one: 1, unknown: 'unknown' } as const;

/**
 * The reader of cells with a given meaning.
 *
 * @param values without it 1 is positive, and either 0 or −1 negative: a table with both is ambiguous
 * @throws {DatasetOptionError} `values` is no convention, or a cell is in two lists
 */
export function labelValueReader(caller: string, values?: CellValues): LabelValueReader {
  const lists = values === undefined ? EITHER : listsOf(caller, values);
  const meaning = new Map<string, LabelValue>();
  for (const [value, cells] of [
    [1, lists.positive],
    [0, lists.negative],
    ['unknown', lists.unknown ?? []],
  ] as const) {
    for (const cell of cells) {
      const key = normal(cell);
      if (meaning.has(key)) {
        throw new DatasetOptionError(
          `${caller}: expected values with each cell in one list; received "${String(cell)}" in two.`,
        );
      }
      meaning.set(key, value);
    }
  }
  const [one, zero, minus] = ['1', '0', '-1'].map((key) => meaning.get(key));
  const seen = { zero: false, minus: false };
  return {
    expected:
      values === undefined
        ? '0 or 1, or nothing,'
        : [...meaning.keys()].map((key) => (key === '' ? 'nothing' : key)).join(', '),
    read(cell) {
      // most cells are one of three, and there are millions
      if (cell === '1') return one;
      if (cell === '0') {
        seen.zero = true;
        return zero;
      }
      if (cell === '-1') {
        seen.minus = true;
        return minus;
      }
      if (typeof cell === 'object' && cell !== null) return undefined;
      const key = normal(cell);
      if (key === '0') seen.zero = true;
      else if (key === '-1') seen.minus = true;
      return meaning.get(key);
    },
    ambiguity: () =>
      values === undefined && seen.zero && seen.minus
        ? "received both -1 and 0 in columns of labels, which can mean negative or uncertain. Say what they mean: values: 'chexpert' (-1 uncertain, 0 negative, blank unmentioned), or { positive: [1], negative: [0, -1], unknown: [''] }"
        : undefined,
  };
}

function listsOf(caller: string, values: CellValues): CellValueLists {
  if (values === 'zero-one') return { ...EITHER, negative: ['0', ...NO] };
  if (values === 'plus-minus') return { ...EITHER, negative: ['-1', ...NO] };
  if (values === 'chexpert') return listsOf(caller, { convention: 'chexpert' });
  const fail = (): never => {
    throw new DatasetOptionError(
      `${caller}: expected values as 'zero-one', 'plus-minus', 'chexpert' or { positive, negative, unknown } with lists of cells; received ${JSON.stringify(values)}.`,
    );
  };
  if (typeof values !== 'object' || values === null) return fail();
  if ('convention' in values) {
    if (values.convention !== 'chexpert') fail();
    checkOptions(`${caller}: values`, values, {
      convention: oneOf('chexpert'),
      uncertain: oneOf('zero', 'one', 'unknown'),
      unmentioned: oneOf('zero', 'unknown'),
    });
    const of: Record<string, string[]> = { 1: ['1'], 0: ['0'], unknown: [] };
    of[POLICY[values.uncertain ?? 'unknown']].push('-1');
    of[POLICY[values.unmentioned ?? 'unknown']].push(...MISSING);
    return { positive: of[1], negative: of[0], unknown: of.unknown };
  }
  const list: OptionRule = { accepts: Array.isArray, expected: 'a list of cells' };
  checkOptions(`${caller}: values`, values, { positive: list, negative: list, unknown: list });
  if (!values.positive || !values.negative) fail();
  return values;
}

/** A cell's text without spaces and case; whole numbers are written the same way: 1, 1.0, 1,0, +1 and 1e0 are '1'. */
function normal(cell: unknown): string {
  if (cell === 1 || cell === 1n) return '1';
  if (cell === 0 || cell === 0n) return '0';
  if (cell === -1 || cell === -1n) return '-1';
  if (cell === undefined || cell === null) return '';
  const text = String(cell).trim().toLowerCase();
  const [, sign, whole] = /^([+-]?)0*(\d+)(?:[.,]0*)?(?:e[+-]?0+)?$/.exec(text) ?? [];
  if (whole === undefined) return text;
  return whole === '0' ? '0' : `${sign === '-' ? '-' : ''}${whole}`;
}
