import { DatasetOptionError } from '../errors';
import { ANY, checkOptions } from '../options/check-options';
import { randomGenerator, shuffledRows } from '../random/random-generator';
import { groupNumbers } from '../splits/group-numbers';
import { addGreedily } from './add-greedily';
import { drawnRows } from './drawn-rows';
import { searchRows } from './search-rows';
import { emptySelection, selectionDeviation, takeRow } from './selection';
import type { SubsetBalance } from './subset-balance';
import { subsetBound } from './subset-bound';
import { subsetCandidates } from './subset-candidates';
import { type SubsetSearch, searchRules } from './subset-options';

/** Options of {@link balancedRows}. */
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
 * positives per label over their mean, and proves how much better any choice could be. Of equally balanced choices it prefers
 * those with more positives.
 *
 * Rows without a positive come in only where fewer than `n` rows have one, unless `minLabelsPerRow` says otherwise:
 * otherwise a few rows of each rare label, beside any number of empty rows, would be the most balanced choice.
 *
 * Greedy addition, then exchanges of one row for another for as long as one improves the score. The bound: for a unit
 * vector u and the positives per label c of any choice, ‖c‖ ≥ u·c, and the least ratio of u·c to the sum of c over the
 * choices that the options allow is found exactly by Dinkelbach's method ("On nonlinear fractional programming", 1967).
 * The result depends on the data and the seed alone; the seed breaks ties. Cost: 3,900 of 202,599 × 39 in about four seconds.
 *
 * @param y 0/1, rows × labels, row-major
 * @param labelCount the number of labels, the columns of y
 * @param n how many rows to choose
 * @throws {DatasetOptionError} n is more than may be chosen, `minLabelsPerRow` is no whole number from 0, or `perGroup` comes
 *   without groups or with the draws
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
  options: BalancedRowsOptions = {},
): BalancedRows {
  checkOptions('balanced', options, { ...searchRules, groups: ANY });
  const { method = 'search', seed = 0, minLabelsPerRow, groups, perGroup, onProgress } = options;
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
  if (!Number.isSafeInteger(seed) || (method === 'draws' && (seed < 0 || seed > 0xffffffff))) {
    throw new DatasetOptionError(
      `balanced: expected seed as a whole number${method === 'draws' ? ' from 0 to 4294967295' : ''}; received ${seed}.`,
    );
  }
  const limit = perGroup === undefined ? undefined : { ...groupNumbers(groups!), most: perGroup };
  const room = limit && { numbers: limit.numbers, left: new Int32Array(limit.count).fill(limit.most) };
  const selection = emptySelection(y, labelCount, room);
  const { lists } = selection;
  const candidates = subsetCandidates(lists, n, minLabelsPerRow, limit);
  const boundNear = (counts: Float64Array) =>
    subsetBound({ lists, labelCount, limit, counts, ...candidates });

  let bound: number;
  if (method === 'draws') {
    const drawn = drawnRows(y, labelCount, n, minLabelsPerRow ?? 1, seed, onProgress);
    for (const row of drawn) takeRow(selection, row, 1);
    // the draws are far from the best counts, and would prove nothing
    const greedy = emptySelection(y, labelCount);
    addGreedily(greedy, candidates.rows, n);
    bound = boundNear(greedy.counts);
  } else {
    const order = shuffledRows(rowCount, randomGenerator(seed));
    bound = searchRows(selection, order, n, candidates, boundNear, onProgress);
  }
  const rows = new Int32Array(n);
  let emptyRows = 0;
  for (let row = 0, i = 0; row < rowCount; row++) {
    if (selection.taken[row] === 0) continue;
    rows[i++] = row;
    if (lists.starts[row] === lists.starts[row + 1]) emptyRows++;
  }
  const score = selection.sum === 0 ? Number.NaN : selectionDeviation(selection);
  return { rows, score, bound: Math.min(bound, score), emptyRows, method };
}
