import { DatasetOptionError, LimitExceededError } from '../errors';
import { checkOptions, type OptionRule } from '../options/check-options';

/** Limits on one input. An input that exceeds one ends in a {@link LimitExceededError}. `Infinity` removes a limit. */
export interface Limits {
  /** Pixels of one decoded image, width × height. Default 2^26, about 67 million. */
  readonly pixels?: number;
  /** Bytes that one compressed or fetched file may have once it is inflated. Default 2^29, 512 MiB. */
  readonly inflatedBytes?: number;
  /** Cells of a label table, rows × labels. Default 2^26, about 67 million. */
  readonly cells?: number;
  /** Levels of nesting of JSON, of list literals and of folders. Default 64. */
  readonly depth?: number;
  /**
   * Seconds that one image, or one column of a parquet file, may take to decode. Default 60; for a column of a small file 8 and
   * one more per MiB.
   */
  readonly seconds?: number;
}

/** The default limits of every reader. */
export const DEFAULT_LIMITS: Required<Limits> = {
  pixels: 2 ** 26,
  inflatedBytes: 2 ** 29,
  cells: 2 ** 26,
  depth: 64,
  seconds: 60,
};

const RULE: OptionRule = {
  accepts: (value) => typeof value === 'number' && value > 0,
  expected: 'a number above 0, or Infinity',
};

/**
 * Fills in the defaults of limits that aren't given.
 *
 * @throws {DatasetOptionError} a limit is misspelt or not above 0
 *
 * @example
 * ```ts
 * import { checkedLimits } from '@thawjs/datasets';
 *
 * const { pixels, depth } = checkedLimits('openMine', { pixels: 1e9 });
 * console.log(pixels, depth); // 1000000000 64
 * ```
 */
export function checkedLimits(caller: string, limits: Limits = {}): Required<Limits> {
  if (typeof limits !== 'object' || limits === null) {
    throw new DatasetOptionError(
      `${caller}: expected limits as an object, such as { pixels: 1e9 }; received ${String(limits)}.`,
    );
  }
  checkOptions(
    `${caller}: limits`,
    limits,
    Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, RULE])),
  );
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(given) };
}

/** The error of an input that exceeds a limit; `what` says which input, `found` what it has. */
export function limitExceeded(
  limits: Required<Limits>,
  limit: keyof Limits,
  what: string,
  found: string,
): LimitExceededError {
  return new LimitExceededError(
    `${what}: expected at most ${limits[limit].toLocaleString('en-US')} ${WORDS[limit]}; received ${found}. ` +
      `If that is right, raise the limit: limits: { ${limit}: … }.`,
    limit,
  );
}

const WORDS: Readonly<Record<keyof Limits, string>> = {
  pixels: 'pixels',
  inflatedBytes: 'bytes, inflated',
  cells: 'cells, rows × labels',
  depth: 'levels of nesting',
  seconds: 'seconds of decoding',
};
