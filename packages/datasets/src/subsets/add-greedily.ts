import { hasRoom, linear, type Selection, selectionScore, shortlist, takeRow } from './selection';

const SHORTLIST = 192;

/**
 * Takes `n` rows one after another, each the one that leaves the best score.
 *
 * It looks at a shortlist that is ranked over the whole table by the score's first-order change and made anew as the
 * counts move; within the shortlist the score is exact.
 */
export function addGreedily(
  selection: Selection,
  order: Int32Array,
  n: number,
  onRound?: (added: number) => void,
): void {
  const { starts } = selection.lists;
  let added = 0;
  while (added < n) {
    // While the counts are small a few rows turn their direction, and the ranking with it.
    const steps = Math.min(n - added, Math.max(1, Math.min(64, added >> 3)));
    const candidates = shortlist(selection, order, 'in', SHORTLIST + 2 * steps);
    for (let step = 0; step < steps; step++) {
      let best = -1;
      let bestScore = Number.POSITIVE_INFINITY;
      for (const row of candidates) {
        if (selection.taken[row] || !hasRoom(selection, row)) continue;
        const size = starts[row + 1]! - starts[row]!;
        const squares = selection.squares + 2 * linear(selection.lists, selection.counts, row) + size;
        const candidate = selectionScore(selection.sum + size, squares);
        if (best === -1 || candidate < bestScore) {
          best = row;
          bestScore = candidate;
        }
      }
      // groups on the shortlist may have filled up meanwhile
      if (best === -1) break;
      takeRow(selection, best, 1);
      added++;
    }
    onRound?.(added);
  }
}
