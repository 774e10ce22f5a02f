import { linear } from './label-lists';
import { labelGains, type Selection, shortlist, takeRow } from './selection';
import { smallest } from './smallest';
import type { SubsetObjective } from './subset-objective';

const SHORTLIST = 192;
const COPIES = 24;
const SWAPS_PER_ROW = 4;
/** Relative; sums of whole numbers are exact, and only their quotients are rounded. */
const ROUNDING = 1e-12;

/** Rows that may change places, pair by pair. */
interface Pairs {
  readonly incoming: Int32Array;
  readonly outgoing: Int32Array;
  /** The number of labels in which the rows of a pair differ. */
  readonly distances: Int32Array;
  /** Whether incoming row i pairs with outgoing row i alone, as both are of one group; else each with each. */
  readonly oneToOne: boolean;
}

/**
 * Exchanges one row for another for as long as that lowers the objective, or leaves it and adds positives: the best pair of
 * two shortlists each time, made anew when nothing on them is left; and, where groups are full, of pairs within a group.
 *
 * At most 4·n exchanges: work is bounded by the data, not by the clock.
 *
 * @param order the rows that may change places; of equal rows the first comes first
 * @returns how many exchanges were made
 */
export function exchangeRows(
  selection: Selection,
  order: Int32Array,
  n: number,
  objective: SubsetObjective,
  onRound?: (swaps: number) => void,
): number {
  const limit = SWAPS_PER_ROW * n;
  let swaps = 0;
  for (let before = -1; swaps < limit && swaps > before; ) {
    before = swaps;
    const free = pairsOf(
      selection,
      shortlist(selection, order, objective, 'in', SHORTLIST, COPIES),
      shortlist(selection, order, objective, 'out', SHORTLIST, COPIES),
    );
    while (swaps < limit && exchangeOnce(selection, free, objective)) swaps++;
    if (selection.room) {
      const within = pairsWithinGroups(selection, order, objective);
      while (swaps < limit && exchangeOnce(selection, within, objective)) swaps++;
    }
    onRound?.(swaps);
  }
  return swaps;
}

/** Makes the best exchange of the pairs; false when none is an improvement. */
function exchangeOnce(
  selection: Selection,
  { incoming, outgoing, distances, oneToOne }: Pairs,
  objective: SubsetObjective,
): boolean {
  const { lists, counts, sum, squares, taken, room } = selection;
  const { starts } = lists;
  const linearOut = Float64Array.from(outgoing, (row) => linear(lists, counts, row));
  let best = objective.value(sum, squares);
  let bestSum = sum;
  let bestIn = -1;
  let bestOut = -1;
  for (let a = 0; a < incoming.length; a++) {
    const rowIn = incoming[a];
    if (taken[rowIn] === 1) continue;
    const isFull = !oneToOne && room !== undefined && room.left[room.numbers[rowIn]] <= 0;
    if (isFull) continue;
    const linearIn = linear(lists, counts, rowIn);
    const sizeIn = starts[rowIn + 1] - starts[rowIn];
    const first = oneToOne ? a : 0;
    const end = oneToOne ? a + 1 : outgoing.length;
    for (let b = first; b < end; b++) {
      const rowOut = outgoing[b];
      if (taken[rowOut] === 0) continue;
      const newSum = sum + sizeIn - (starts[rowOut + 1] - starts[rowOut]);
      // |c + x − z|² = |c|² + 2c·(x − z) + |x − z|², and the last is the number of labels that differ
      const distance = distances[oneToOne ? a : a * outgoing.length + b];
      const newSquares = squares + 2 * (linearIn - linearOut[b]) + distance;
      const candidate = objective.value(newSum, newSquares);
      const isLower = candidate < best * (1 - ROUNDING);
      if (isLower || (newSum > bestSum && candidate <= best * (1 + ROUNDING))) {
        [best, bestSum, bestIn, bestOut] = [candidate, newSum, rowIn, rowOut];
      }
    }
  }
  if (bestIn === -1) return false;
  takeRow(selection, bestOut, -1);
  takeRow(selection, bestIn, 1);
  return true;
}

function pairsOf({ y, labelCount }: Selection, incoming: Int32Array, outgoing: Int32Array): Pairs {
  const distances = new Int32Array(incoming.length * outgoing.length);
  let pair = 0;
  for (const a of incoming)
    for (const b of outgoing) distances[pair++] = distanceBetween(y, labelCount, a, b);
  return { incoming, outgoing, distances, oneToOne: false };
}

/** For each full group, the best row to add and the best row to remove. */
function pairsWithinGroups(selection: Selection, order: Int32Array, objective: SubsetObjective): Pairs {
  const { y, labelCount, lists, taken } = selection;
  const { numbers, left } = selection.room!;
  const weights = labelGains(selection, objective, 1);
  const bestIn = new Int32Array(left.length).fill(-1);
  const bestOut = new Int32Array(left.length).fill(-1);
  const valueIn = new Float64Array(left.length);
  const valueOut = new Float64Array(left.length);
  for (const row of order) {
    const group = numbers[row];
    if (left[group] > 0) continue;
    const value = linear(lists, weights, row);
    if (taken[row] === 1) {
      if (bestOut[group] === -1 || value > valueOut[group]) [bestOut[group], valueOut[group]] = [row, value];
    } else if (bestIn[group] === -1 || value < valueIn[group]) [bestIn[group], valueIn[group]] = [row, value];
  }
  const gains = valueIn.map((value, group) =>
    bestIn[group] === -1 || bestOut[group] === -1 ? Number.POSITIVE_INFINITY : value - valueOut[group],
  );
  const groups = smallest(gains, SHORTLIST).filter((group) => gains[group] !== Number.POSITIVE_INFINITY);
  const incoming = groups.map((group) => bestIn[group]);
  const outgoing = groups.map((group) => bestOut[group]);
  const distances = groups.map((_, i) => distanceBetween(y, labelCount, incoming[i], outgoing[i]));
  return { incoming, outgoing, distances, oneToOne: true };
}

function distanceBetween(y: Uint8Array, labelCount: number, a: number, b: number): number {
  let distance = 0;
  const x = a * labelCount;
  const z = b * labelCount;
  for (let k = 0; k < labelCount; k++) distance += y[x + k] ^ y[z + k];
  return distance;
}
