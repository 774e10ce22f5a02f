import type { CheckedInputs } from '../input/check-inputs';
import type { LabelRuns } from './gather-by-label';
import { RunRoom } from './run-room';

/**
 * Divides the scores of each row by label, as {@link gatherByLabel} does for each column. The runs are views
 * that the next row overwrites.
 */
export function gatherRows(
  { rows, columns, truth, scores, known }: CheckedInputs,
  visit: (runs: LabelRuns, row: number) => void,
): void {
  const positives = new Float64Array(columns);
  const negatives = new Float64Array(columns);
  const room = new RunRoom(columns, 64);
  for (let row = 0, index = 0; row < rows; row++) {
    let [hits, misses] = [0, 0];
    for (let column = 0; column < columns; column++, index++) {
      if (known?.[index] === 0) continue;
      const score = scores[index] + 0; // −0 and 0 are a tie
      if (truth[index] === 1) positives[hits++] = score;
      else negatives[misses++] = score;
    }
    visit({ positives: positives.subarray(0, hits), negatives: negatives.subarray(0, misses), room }, row);
  }
}
