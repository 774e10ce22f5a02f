import { OptionValueError } from '../errors';
import type { CheckedInputs } from '../input/check-inputs';

/** One threshold a column, in the precision of the scores: 0.3 in a Float32Array is 0.3, though above 0.3 in float64. */
export function resolveThresholds(
  metric: string,
  { columns, scores }: CheckedInputs,
  threshold: number | ArrayLike<number>,
): Float64Array {
  if (typeof threshold !== 'number' && threshold.length !== columns) {
    throw new OptionValueError(
      `${metric}: expected ${columns} thresholds, one a column; received ${threshold.length}.`,
    );
  }
  const single = scores instanceof Float32Array;
  return Float64Array.from({ length: columns }, (_, column) => {
    const value = typeof threshold === 'number' ? threshold : threshold[column]!;
    return single ? Math.fround(value) : value;
  });
}
