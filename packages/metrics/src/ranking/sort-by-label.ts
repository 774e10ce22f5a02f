import type { CheckedInputs } from '../input/check-inputs';
import { gatherByLabel } from './gather-by-label';
import type { ScoreRun } from './run-room';

/**
 * Scores of the positive and of the negative rows, each in ascending order. 32-bit scores are keys in the
 * same order.
 */
export interface SortedByLabel {
  readonly positives: ScoreRun;
  readonly negatives: ScoreRun;
}

/**
 * Divides the scores of each column by label, sorts both parts, and calls `visit` with them. The runs are
 * views of a buffer that the next column overwrites.
 */
export function sortByLabel(
  inputs: CheckedInputs,
  visit: (sorted: SortedByLabel, column: number) => void,
): void {
  gatherByLabel(inputs, ({ positives, negatives, room }, column) =>
    visit({ positives: room.sort(positives), negatives: room.sort(negatives) }, column),
  );
}
