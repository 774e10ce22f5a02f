import { OptionValueError } from '../errors';
import type { CheckedInputs } from '../input/check-inputs';
import type { ThresholdOptions } from '../options';

/**
 * The least score of each column that is a positive prediction: a score predicts its class if
 * `score >= limit`.
 *
 * Thresholds are rounded to the precision of the scores: for scores in a Float32Array, 0.3 is the 32-bit
 * float nearest to it.
 */
export function decisionLimits(
  metric: string,
  { columns, scores }: CheckedInputs,
  { threshold = 0.5, comparison = '>=' }: Pick<ThresholdOptions, 'threshold' | 'comparison'>,
): Float64Array {
  if (typeof threshold !== 'number' && threshold.length !== columns) {
    throw new OptionValueError(
      `${metric}: expected ${columns} thresholds, one a column; received ${threshold.length}.`,
    );
  }
  const single = scores instanceof Float32Array;
  return Float64Array.from({ length: columns }, (_, column) => {
    const given = typeof threshold === 'number' ? threshold : threshold[column];
    const value = single ? Math.fround(given) : given;
    return comparison === '>' ? nextAbove(value) : value;
  });
}

/**
 * The least 64-bit float above a value, so that `score > value` equals `score >= nextAbove(value)`. For
 * infinity it is NaN, which no score reaches.
 */
export function nextAbove(value: number): number {
  if (value === Number.POSITIVE_INFINITY) return Number.NaN;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value + 0); // −0 is 0
  view.setBigInt64(0, view.getBigInt64(0) + (value >= 0 ? 1n : -1n));
  return view.getFloat64(0);
}
