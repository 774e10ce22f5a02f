import type { CheckedInputs } from '../../input/check-inputs';
import { rankColumn } from '../rank-column';
import type { CurveCounts } from './curve-of-runs';

/**
 * The corners of a column's curves if rows have weights. Rows of weight 0 and unknown labels make no corner.
 */
export function weightedCurve(inputs: CheckedInputs, column: number): CurveCounts {
  const { rows, labels, ends } = rankColumn(inputs, column, 1);
  const most = rows.length;
  const scores = new Float64Array(most);
  const truePositives = new Float64Array(most);
  const falsePositives = new Float64Array(most);
  let [corners, hits, falseHits, weighed] = [0, 0, 0, 0];
  for (let rank = most - 1; rank >= 0; rank--) {
    const row = rows[rank];
    const weight = inputs.weights?.[row] ?? 1;
    if (labels[rank] === 1) hits += weight;
    else falseHits += weight;
    weighed += weight;
    const isLastOfTies = rank === 0 || ends[rank - 1] === 1;
    if (!isLastOfTies || weighed === 0) continue;
    weighed = 0;
    scores[corners] = inputs.scores[row * inputs.columns + column] + 0;
    truePositives[corners] = hits;
    falsePositives[corners] = falseHits;
    corners++;
  }
  return {
    scores: scores.subarray(0, corners),
    truePositives: truePositives.subarray(0, corners),
    falsePositives: falsePositives.subarray(0, corners),
  };
}
