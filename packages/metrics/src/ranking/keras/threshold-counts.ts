import type { CheckedInputs } from '../../input/check-inputs';

/**
 * Counts, or sums of sample weights, above each threshold. Thresholds ascend: everything is above the first,
 * nothing above the last.
 */
export interface ThresholdCounts {
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
}

/**
 * Keras' buckets (`_update_confusion_matrix_variables_optimized`), for each column or for all pairs together.
 *
 * A score is cast to float32, clipped to [0, 1], and put into bucket max(0, ⌈s·(T − 1)⌉ − 1). The product is
 * rounded to float32, too, which decides `s > threshold` near a threshold. A score of 0 is in the first
 * bucket, because Keras' first threshold is −1e-7. A score of 1 is below the last threshold, 1 + 1e-7.
 */
export function thresholdCounts(
  { rows, columns, truth, scores, known, weights }: CheckedInputs,
  numThresholds: number,
  multiLabel: boolean,
): ThresholdCounts[] {
  const groups = multiLabel ? columns : 1;
  const truePositives = new Float64Array(groups * numThresholds);
  const falsePositives = new Float64Array(groups * numThresholds);
  const buckets = Math.fround(numThresholds) - 1;
  for (let row = 0, index = 0; row < rows; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    for (let column = 0; column < columns; column++, index++) {
      if (known?.[index] === 0) continue;
      const score = Math.min(1, Math.max(0, Math.fround(scores[index])));
      const bucket = Math.max(0, Math.ceil(Math.fround(score * buckets)) - 1);
      const at = (multiLabel ? column * numThresholds : 0) + bucket;
      if (truth[index] === 1) truePositives[at] += weight;
      else falsePositives[at] += weight;
    }
  }
  return Array.from({ length: groups }, (_, group) => ({
    truePositives: fromTheTop(truePositives.subarray(group * numThresholds, (group + 1) * numThresholds)),
    falsePositives: fromTheTop(falsePositives.subarray(group * numThresholds, (group + 1) * numThresholds)),
  }));
}

/** Turns the count of each bucket into the count of the bucket and all buckets above it. */
function fromTheTop(counts: Float64Array): Float64Array {
  for (let index = counts.length - 2; index >= 0; index--) counts[index] += counts[index + 1];
  return counts;
}
