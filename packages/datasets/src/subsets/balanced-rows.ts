import { DatasetOptionError } from '../errors';
import { randomGenerator } from '../random/random-generator';
import { shuffledRows } from '../random/shuffled-rows';
import { groupNumbers } from '../splits/group-numbers';
import { addGreedily } from './add-greedily';
import { drawnRows } from './drawn-rows';
import { exchangeRows } from './exchange-rows';
import { emptySelection, selectionDeviation, takeRow } from './selection';
import type { SubsetBalance } from './subset-balance';
import { subsetBound } from './subset-bound';
import type { SubsetSearch } from './subset-options';

/** What {@link balancedRows} takes beside the table. */
export interface BalancedRowsOptions extends SubsetSearch {
  /** The group of each row; with `perGroup`. */
  readonly groups?: Int32Array | readonly string[];
  /** At most as many rows of each group. Default: any number. */
  readonly perGroup?: number;
}

/** A subset whose labels are about equally frequent. */
export interface BalancedRows extends SubsetBalance {
  /** Row numbers, ascending. */
  readonly rows: Int32Array;
}

/**
 * Chooses `n` rows whose labels are as equally frequent as can be found: it minimises the standard deviation of the
 * positives per label over their mean, and proves how much better any choice could be.
 *
 * Greedy addition, then exchanges of one row for another for as long as one improves the score. The bound: with c the
 * positives per label and u = c / ‖c‖, ‖c'‖ ≥ u·c' for any other choice c', and the least ratio of u·c' to the sum of c' is found
 * exactly by Dinkelbach's method ("On nonlinear fractional programming", 1967). The result depends on the data and the seed
 * alone; the seed breaks ties. Cost: 3,900 of 202,599 × 39 in about four seconds.
 *
 * @param y 0/1, rows × labels, row-major
 * @param labelCount the number of labels, the columns of y
 * @param n how many rows to choose
 * @throws {DatasetOptionError} n is more than there are, or `perGroup` without groups, or with the draws
 *
 * @example
 * ```ts
 * import { balancedRows } from '@thawjs/datasets';
 *
 * // four rows with the first label alone, two with the second
 * const y = new Uint8Array([1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1]);
 * const { rows, score, bound } = balancedRows(y, 2, 4);
 * console.log(rows.includes(2) && rows.includes(5), score, bound); // true 0 0
 * ```
 */
export function balancedRows(
  y: Uint8Array,
  labelCount: number,
  n: number,
  { method = 'search', seed = 0, groups, perGroup, onProgress }: BalancedRowsOptions = {},
): BalancedRows {
  const rowCount = labelCount === 0 ? 0 : y.length / labelCount;
  if (
    perGroup !== undefined &&
    (!Number.isInteger(perGroup) || perGroup < 1 || !groups || method === 'draws')
  ) {
    throw new DatasetOptionError(
      `balanced: expected perGroup as a whole number from 1, of rows with groups and method 'search'; received ${perGroup}${groups ? '' : ' without groups'}${method === 'draws' ? " with 'draws'" : ''}.`,
    );
  }
  if (method !== 'search' && method !== 'draws') {
    throw new DatasetOptionError(
      `balanced: expected method as 'search' or 'draws'; received ${JSON.stringify(method)}.`,
    );
  }
  const limit = perGroup === undefined ? undefined : { ...groupNumbers(groups!), most: perGroup };
  const available = limit ? reachable(limit) : rowCount;
  if (!(Number.isSafeInteger(n) && n >= 0 && n <= available)) {
    throw new DatasetOptionError(
      `balanced: expected n as a whole number from 0 to ${available}, the rows that may be chosen; received ${n}.`,
    );
  }
  if (!Number.isSafeInteger(seed) || (method === 'draws' && (seed < 0 || seed > 0xffffffff))) {
    throw new DatasetOptionError(
      `balanced: expected seed as a whole number${method === 'draws' ? ' from 0 to 4294967295' : ''}; received ${seed}.`,
    );
  }
  const room = limit && { numbers: limit.numbers, left: new Int32Array(limit.count).fill(limit.most) };
  const selection = emptySelection(y, labelCount, room);
  if (method === 'draws' && n > 0) {
    for (const row of drawnRows(y, labelCount, n, seed, onProgress)) takeRow(selection, row, 1);
  } else if (n < available || limit) {
    const order = shuffledRows(rowCount, randomGenerator(seed));
    const tell = (step: number) => onProgress?.({ step, score: selectionDeviation(selection) });
    addGreedily(selection, order, n, tell);
    exchangeRows(selection, order, n, (swaps) => tell(n + swaps));
  } else {
    for (let row = 0; row < rowCount; row++) takeRow(selection, row, 1);
  }
  const rows = new Int32Array(n);
  for (let row = 0, i = 0; row < rowCount; row++) if (selection.taken[row]) rows[i++] = row;
  const score = selection.sum === 0 ? Number.NaN : selectionDeviation(selection);
  // the draws are far from the best counts, and would prove nothing
  const near = method === 'draws' ? greedyCounts(y, labelCount, n) : selection.counts;
  const bound = subsetBound({ y, labelCount, n, counts: near, ...(limit && { groups: limit }) });
  return { rows, score, bound: Math.min(bound, score), method };
}

function greedyCounts(y: Uint8Array, labelCount: number, n: number): Float64Array {
  const selection = emptySelection(y, labelCount);
  addGreedily(
    selection,
    Int32Array.from({ length: y.length / labelCount }, (_, row) => row),
    n,
  );
  return selection.counts;
}

/** How many rows can be chosen with at most so many of each group. */
function reachable({ numbers, count, most }: { numbers: Int32Array; count: number; most: number }): number {
  const sizes = new Int32Array(count);
  for (const group of numbers) sizes[group]!++;
  return sizes.reduce((sum, size) => sum + Math.min(size, most), 0);
}
