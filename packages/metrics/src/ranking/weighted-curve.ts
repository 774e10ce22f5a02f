import type { CheckedInputs } from '../input/check-inputs';
import type { CurveCounts } from './curve-counts';
import { sortOrder } from './sort-order';

/** The corners of a column's curves where rows have weights. What weighs 0 or isn't known makes no corner. */
export function weightedCurve(
  { rows, columns, truth, scores, known, weights }: CheckedInputs,
  column: number,
): CurveCounts {
  const kept = Array.from({ length: rows }, (_, row) => row).filter(
    (row) => known?.[row * columns + column] !== 0 && weights?.[row] !== 0,
  );
  const at = (row: number) => scores[row * columns + column]!;
  const own = scores instanceof Float32Array ? Float32Array.from(kept, at) : Float64Array.from(kept, at);
  const order = sortOrder(own);
  const corners = {
    scores: new Float64Array(own.length),
    hits: new Float64Array(own.length),
    falseHits: new Float64Array(own.length),
  };
  let [count, hits, falseHits] = [0, 0, 0];
  for (let rank = own.length - 1; rank >= 0; rank--) {
    const index = order[rank]!;
    const row = kept[index]!;
    const weight = weights?.[row] ?? 1;
    if (truth[row * columns + column] === 1) hits += weight;
    else falseHits += weight;
    if (rank > 0 && own[order[rank - 1]!] === own[index]) continue;
    corners.scores[count] = own[index]! + 0;
    corners.hits[count] = hits;
    corners.falseHits[count] = falseHits;
    count++;
  }
  return {
    scores: corners.scores.subarray(0, count),
    truePositives: corners.hits.subarray(0, count),
    falsePositives: corners.falseHits.subarray(0, count),
  };
}
