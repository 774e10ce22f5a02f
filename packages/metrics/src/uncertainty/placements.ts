import { sortOrder } from '../ranking/sort-order';

/**
 * The placement of each row (DeLong, DeLong and Clarke-Pearson 1988): for a positive the share of negatives
 * below it, for a negative the share of positives above it; ties count half. The mean over either label is
 * the area under the ROC curve.
 */
export function placements(truth: Uint8Array, scores: Float32Array | Float64Array): Float64Array {
  const positives = truth.reduce((sum, label) => sum + label, 0);
  const negatives = truth.length - positives;
  const out = new Float64Array(truth.length);
  const order = sortOrder(scores);
  let [hitsBelow, missesBelow] = [0, 0];
  for (let start = 0, end = 0; start < order.length; start = end) {
    let hits = 0;
    for (; end < order.length && scores[order[end]] === scores[order[start]]; end++)
      hits += truth[order[end]];
    const misses = end - start - hits;
    for (let rank = start; rank < end; rank++) {
      const row = order[rank];
      out[row] =
        truth[row] === 1
          ? (missesBelow + misses / 2) / negatives
          : (positives - hitsBelow - hits / 2) / positives;
    }
    hitsBelow += hits;
    missesBelow += misses;
  }
  return out;
}
