import { addGreedily } from './add-greedily';
import { exchangeRows } from './exchange-rows';
import { refineByLevels } from './refine-by-levels';
import { hasRoom, type Selection, selectionDeviation, takeRow } from './selection';
import type { SubsetCandidates } from './subset-candidates';
import { relativeSpread } from './subset-objective';
import type { SubsetSearch } from './subset-options';

/**
 * Fills an empty selection with `n` rows: greedy addition and exchanges among the rows with labels, rows without labels
 * for want of others, then exchanges among all candidates.
 *
 * Rows without labels come last even where `minLabelsPerRow` is 0, so that they replace others only for a better score.
 *
 * @param order all rows; of equal rows the first comes first
 * @param boundNear a score that no choice of rows is below, sharp where these positives per label are nearly the best
 * @returns the bound
 */
export function searchRows(
  selection: Selection,
  order: Int32Array,
  n: number,
  candidates: SubsetCandidates,
  boundNear: (counts: Float64Array) => number,
  onProgress: SubsetSearch['onProgress'],
): number {
  const { starts } = selection.lists;
  const isCandidate = new Uint8Array(order.length);
  for (const row of candidates.rows) isCandidate[row] = 1;
  const allowed = order.filter((row) => isCandidate[row] === 1);
  const labelled = allowed.filter((row) => starts[row + 1] > starts[row]);
  let step = 0;
  const tell = (steps: number) => onProgress?.({ step: step + steps, score: selectionDeviation(selection) });
  const exchange = (rows: Int32Array) => {
    step += exchangeRows(selection, rows, n, relativeSpread, tell);
  };

  const added =
    candidates.n === allowed.length
      ? takeAll(selection, allowed)
      : addGreedily(selection, labelled, candidates.n, tell);
  step = added;
  exchange(labelled);
  step += addEmptyRows(selection, order, n - added);
  if (labelled.length < allowed.length) exchange(allowed);
  const bound = boundNear(selection.counts);
  const reached = selectionDeviation(selection);
  step += refineByLevels(selection, bound, (objective) => exchangeRows(selection, allowed, n, objective));
  tell(0);
  return selectionDeviation(selection) < reached ? Math.max(bound, boundNear(selection.counts)) : bound;
}

function takeAll(selection: Selection, rows: Int32Array): number {
  for (const row of rows) takeRow(selection, row, 1);
  return rows.length;
}

/** Takes rows without labels, and tells how many there were room for. */
function addEmptyRows(selection: Selection, order: Int32Array, count: number): number {
  const { taken, lists } = selection;
  let added = 0;
  for (const row of order) {
    if (added === count) break;
    const isEmpty = lists.starts[row + 1] === lists.starts[row];
    if (!isEmpty || taken[row] === 1 || !hasRoom(selection, row)) continue;
    takeRow(selection, row, 1);
    added++;
  }
  return added;
}
