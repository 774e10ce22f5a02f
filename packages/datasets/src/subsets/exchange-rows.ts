import { labelGains, linear, type Selection, selectionScore, shortlist, takeRow } from './selection';
import { smallest } from './smallest';

const SHORTLIST = 192;
const SWAPS_PER_ROW = 4;

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
 * Exchanges one row for another for as long as that improves the score: the best pair of two shortlists each time, made
 * anew when nothing on them is left; and, where groups are full, of pairs within a group.
 *
 * At most 4·n exchanges: work is bounded by the data, not by the clock.
 */
export function exchangeRows(
  selection: Selection,
  order: Int32Array,
  n: number,
  onRound?: (swaps: number) => void,
): void {
  const limit = SWAPS_PER_ROW * n;
  for (let swaps = 0; swaps < limit; ) {
    const before = swaps;
    const free = pairsOf(
      selection,
      shortlist(selection, order, 'in', SHORTLIST),
      shortlist(selection, order, 'out', SHORTLIST),
    );
    while (swaps < limit && exchangeOnce(selection, free)) swaps++;
    if (selection.room) {
      const within = pairsWithinGroups(selection, order);
      while (swaps < limit && exchangeOnce(selection, within)) swaps++;
    }
    onRound?.(swaps);
    if (swaps === before) return;
  }
}

/** Makes the best exchange of the pairs; false when none improves the score. */
function exchangeOnce(selection: Selection, { incoming, outgoing, distances, oneToOne }: Pairs): boolean {
  const { lists, counts, sum, squares, taken, room } = selection;
  const { starts } = lists;
  const linearOut = Float64Array.from(outgoing, (row) => linear(lists, counts, row));
  let bestScore = selectionScore(sum, squares) * (1 - 1e-12);
  let bestIn = -1;
  let bestOut = -1;
  for (let a = 0; a < incoming.length; a++) {
    const rowIn = incoming[a]!;
    if (taken[rowIn] === 1) continue;
    const isFull = !oneToOne && room !== undefined && room.left[room.numbers[rowIn]!]! <= 0;
    if (isFull) continue;
    const linearIn = linear(lists, counts, rowIn);
    const sizeIn = starts[rowIn + 1]! - starts[rowIn]!;
    const first = oneToOne ? a : 0;
    const end = oneToOne ? a + 1 : outgoing.length;
    for (let b = first; b < end; b++) {
      const rowOut = outgoing[b]!;
      if (taken[rowOut] === 0) continue;
      const newSum = sum + sizeIn - (starts[rowOut + 1]! - starts[rowOut]!);
      // |c + x − z|² = |c|² + 2c·(x − z) + |x − z|², and the last is the number of labels that differ
      const distance = distances[oneToOne ? a : a * outgoing.length + b]!;
      const newSquares = squares + 2 * (linearIn - linearOut[b]!) + distance;
      const candidate = selectionScore(newSum, newSquares);
      if (candidate < bestScore) [bestScore, bestIn, bestOut] = [candidate, rowIn, rowOut];
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

/** Of each full group the row that should come in most, and the one that should go. */
function pairsWithinGroups(selection: Selection, order: Int32Array): Pairs {
  const { y, labelCount, lists, taken } = selection;
  const { numbers, left } = selection.room!;
  const weights = labelGains(selection, 1);
  const bestIn = new Int32Array(left.length).fill(-1);
  const bestOut = new Int32Array(left.length).fill(-1);
  const valueIn = new Float64Array(left.length);
  const valueOut = new Float64Array(left.length);
  for (const row of order) {
    const group = numbers[row]!;
    if (left[group]! > 0) continue;
    const value = linear(lists, weights, row);
    if (taken[row] === 1) {
      if (bestOut[group] === -1 || value > valueOut[group]!) [bestOut[group], valueOut[group]] = [row, value];
    } else if (bestIn[group] === -1 || value < valueIn[group]!)
      [bestIn[group], valueIn[group]] = [row, value];
  }
  const gains = valueIn.map((value, group) =>
    bestIn[group] === -1 || bestOut[group] === -1 ? Number.POSITIVE_INFINITY : value - valueOut[group]!,
  );
  const groups = smallest(gains, SHORTLIST).filter((group) => gains[group] !== Number.POSITIVE_INFINITY);
  const incoming = groups.map((group) => bestIn[group]!);
  const outgoing = groups.map((group) => bestOut[group]!);
  const distances = groups.map((_, i) => distanceBetween(y, labelCount, incoming[i]!, outgoing[i]!));
  return { incoming, outgoing, distances, oneToOne: true };
}

function distanceBetween(y: Uint8Array, labelCount: number, a: number, b: number): number {
  let distance = 0;
  const x = a * labelCount;
  const z = b * labelCount;
  for (let k = 0; k < labelCount; k++) distance += y[x + k]! ^ y[z + k]!;
  return distance;
}
