import { type LabelLists, labelLists, linear } from './label-lists';
import { type LabelPatterns, labelPatterns } from './label-patterns';
import { smallest } from './smallest';
import type { SubsetObjective } from './subset-objective';

/** How many rows of each group may be taken: the group of each row, and the room that is left. */
export interface GroupRoom {
  readonly numbers: Int32Array;
  readonly left: Int32Array;
}

/** The rows taken so far and the sums that the score needs, kept up to date as rows come and go. */
export interface Selection {
  readonly y: Uint8Array;
  readonly lists: LabelLists;
  readonly patterns: LabelPatterns;
  readonly labelCount: number;
  readonly taken: Uint8Array;
  /** Positives per label. */
  readonly counts: Float64Array;
  readonly room: GroupRoom | undefined;
  /** Σ counts and Σ counts², exact integers below 2⁵³. */
  sum: number;
  squares: number;
}

/** A selection with nothing taken. */
export function emptySelection(y: Uint8Array, labelCount: number, room?: GroupRoom): Selection {
  const rowCount = y.length / labelCount;
  return {
    y,
    lists: labelLists(y, rowCount, labelCount),
    patterns: labelPatterns(y, rowCount, labelCount),
    labelCount,
    taken: new Uint8Array(rowCount),
    counts: new Float64Array(labelCount),
    room,
    sum: 0,
    squares: 0,
  };
}

/** std / mean of the positives per label. */
export function selectionDeviation({ sum, squares, labelCount }: Selection): number {
  // whole numbers, so that perfect balance is exactly 0
  return sum === 0 ? Number.POSITIVE_INFINITY : Math.sqrt(labelCount * squares - sum * sum) / sum;
}

/** Whether the row's group may have one more. */
export function hasRoom({ room }: Selection, row: number): boolean {
  return room === undefined || room.left[room.numbers[row]] > 0;
}

/** Takes a row (+1), or puts it back (−1). */
export function takeRow(selection: Selection, row: number, sign: 1 | -1): void {
  const { starts, columns } = selection.lists;
  const { counts, room } = selection;
  for (let i = starts[row]; i < starts[row + 1]; i++) {
    const column = columns[i];
    selection.squares += 2 * sign * counts[column] + 1;
    selection.sum += sign;
    counts[column] += sign;
  }
  selection.taken[row] = sign === 1 ? 1 : 0;
  if (room) room.left[room.numbers[row]] -= sign;
}

/** First-order change of the objective per label, when a row with that label comes in (+1) or goes out (−1). */
export function labelGains(
  { counts, sum, squares }: Selection,
  { slopes }: SubsetObjective,
  sign: 1 | -1,
): Float64Array {
  if (sum === 0) return new Float64Array(counts.length).fill(-1);
  const [ofSquares, ofSum] = slopes(sum, squares);
  return counts.map((count) => sign * (ofSquares * (2 * count + sign) + ofSum));
}

/**
 * The rows that may come in (or go out) which the first-order change ranks best, best first.
 *
 * @param copies at most as many rows that have the same labels, so that a common pattern leaves room for others
 */
export function shortlist(
  selection: Selection,
  order: Int32Array,
  objective: SubsetObjective,
  which: 'in' | 'out',
  size: number,
  copies: number,
): Int32Array {
  const { lists, taken, patterns } = selection;
  const weights = labelGains(selection, objective, which === 'in' ? 1 : -1);
  const wanted = which === 'in' ? 0 : 1;
  const rows = new Int32Array(order.length);
  const values = new Float64Array(order.length);
  const listed = new Int32Array(patterns.count);
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    if (taken[row] !== wanted || (which === 'in' && !hasRoom(selection, row))) continue;
    if (++listed[patterns.numbers[row]] > copies) continue;
    rows[count] = row;
    values[count++] = linear(lists, weights, row);
  }
  return smallest(values.subarray(0, count), size).map((i) => rows[i]);
}
