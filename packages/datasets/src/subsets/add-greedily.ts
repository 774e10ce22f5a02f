import { linear } from './label-lists';
import { hasRoom, type Selection, shortlist, takeRow } from './selection';
import { relativeSpread } from './subset-objective';

const SHORTLIST = 192;

/**
 * Takes `n` rows one after another, or as many as may be taken, each the one that leaves the best score; of equal ones that with the most labels.
 *
 * It looks at a shortlist that is ranked over the whole table by the score's first-order change and made anew as the
 * counts move; within the shortlist the score is exact.
 *
 * @param order the rows that may be taken; of equal rows the first comes first
 * @returns how many were taken
 */
export function addGreedily(
  selection: Selection,
  order: Int32Array,
  n: number,
  onRound?: (added: number) => void,
): number {
  const { starts } = selection.lists;
  let added = 0;
  for (let before = -1; added < n && added > before; ) {
    before = added;
    // While the counts are small a few rows turn their direction, and the ranking with it.
    const steps = Math.min(n - added, Math.max(1, Math.min(64, added >> 3)));
    const candidates = shortlist(selection, order, relativeSpread, 'in', SHORTLIST + 2 * steps, steps + 1);
    for (let step = 0; step < steps; step++) {
      let best = -1;
      let bestScore = Number.POSITIVE_INFINITY;
      let bestSize = 0;
      for (const row of candidates) {
        if (selection.taken[row] || !hasRoom(selection, row)) continue;
        const size = starts[row + 1] - starts[row];
        const squares = selection.squares + 2 * linear(selection.lists, selection.counts, row) + size;
        const candidate = relativeSpread.value(selection.sum + size, squares);
        if (best === -1 || candidate < bestScore || (candidate === bestScore && size > bestSize)) {
          [best, bestScore, bestSize] = [row, candidate, size];
        }
      }
      // groups on the shortlist may have filled up meanwhile
      if (best === -1) break;
      takeRow(selection, best, 1);
      added++;
    }
    onRound?.(added);
  }
  return added;
}
