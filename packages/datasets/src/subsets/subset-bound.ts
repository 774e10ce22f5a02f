import { type LabelLists, linear } from './label-lists';
import { smallest } from './smallest';
import type { GroupLimit } from './subset-candidates';

/** Dinkelbach's method converges faster than linearly; more rounds than this only happen on ties. */
const ROUNDS = 50;
/** Directions tried; each brings the bound nearer to the best of its kind. */
const DIRECTIONS = 6;

/** The input of {@link subsetBound}. */
export interface BoundedTable {
  /** The labels of every row of the table. */
  readonly lists: LabelLists;
  readonly labelCount: number;
  /** The rows that a subset may have. */
  readonly rows: Int32Array;
  /** The number of them that a subset has. */
  readonly n: number;
  /** Positives per label of the best subset known: it only makes the bound sharp. */
  readonly counts: ArrayLike<number>;
  readonly limit?: GroupLimit | undefined;
}

/**
 * A number that the standard deviation over the mean of the positives per label is not below for any `n` of the rows.
 *
 * With c the positives per label of a subset, L labels and 1 the vector of ones, (std / mean)² = L·‖c‖² / (1·c)² − 1. For
 * any unit vector u, ‖c‖ ≥ u·c (Cauchy–Schwarz), so ‖c‖ / (1·c) is at least the least ratio (u·c) / (1·c) over all
 * subsets. Both are sums over rows, and the least ratio of two such sums is found exactly by Dinkelbach's method ("On
 * nonlinear fractional programming", 1967): for a ratio λ the n rows with the smallest u·y − λ·(1·y) give the next λ, until
 * it stays. A limit per group keeps this exact, as taking the smallest that still may come solves that too.
 *
 * Every u gives a bound. The best u points to the least vector in the convex hull of all c / (1·c). The first u is the
 * good subset's, and each following one goes towards the subset that limited the bound (Frank and Wolfe, 1956).
 *
 * @returns from 0; NaN if no subset has a positive
 */
export function subsetBound({ lists, labelCount, n, counts, rows, limit }: BoundedTable): number {
  const positives = sum(counts);
  if (positives === 0 || n === 0) return Number.NaN;
  const groups = limit && rows.map((row) => limit.numbers[row]);
  const choose = (values: Float64Array) =>
    limit ? smallestOfGroups(values, n, groups!, limit) : smallest(values, n);
  const sizes = rows.map((row) => lists.starts[row + 1] - lists.starts[row]);
  const point = Float64Array.from(counts, (count) => count / positives);
  let nearest: Float64Array = point;
  let best = 0;
  for (let direction = 0; direction < DIRECTIONS; direction++) {
    const norm = Math.hypot(...point);
    const u = point.map((value) => value / norm);
    const along = Float64Array.from(rows, (row) => linear(lists, u, row));
    const { ratio, chosen } = leastRatio(along, sizes, dot(u, nearest), choose);
    best = Math.max(best, ratio);
    if (chosen.length === 0) break;
    nearest = shares(lists, labelCount, rows, chosen);
    const step = nearest.map((value, column) => value - point[column]);
    const length = -dot(point, step) / dot(step, step);
    if (!(length > 0)) break;
    step.forEach((value, column) => {
      point[column] += Math.min(length, 1) * value;
    });
  }
  // a few units in the last place, so that rounding never lifts the bound above the truth
  return Math.sqrt(Math.max(labelCount * best * best * (1 - 1e-12) - 1, 0));
}

/**
 * The least ratio of two sums over chosen rows, and the rows that have it: none where `ratio`, which some choice has, is
 * the least already.
 */
function leastRatio(
  along: Float64Array,
  sizes: Int32Array,
  ratio: number,
  choose: (values: Float64Array) => Int32Array,
): { ratio: number; chosen: Int32Array } {
  let least: { ratio: number; chosen: Int32Array } = { ratio, chosen: new Int32Array(0) };
  for (let round = 0; round < ROUNDS; round++) {
    const chosen = choose(along.map((value, i) => value - least.ratio * sizes[i]));
    let above = 0;
    let below = 0;
    for (const i of chosen) {
      above += along[i];
      below += sizes[i];
    }
    // a chosen set of rows without labels has the value 0 and no ratio: nothing below the last one is left
    if (below === 0 || above / below >= least.ratio) break;
    least = { ratio: above / below, chosen };
  }
  return least;
}

/** Each label's share of the positives of the chosen rows. */
function shares(lists: LabelLists, labelCount: number, rows: Int32Array, chosen: Int32Array): Float64Array {
  const counts = new Float64Array(labelCount);
  for (const i of chosen) {
    const row = rows[i];
    for (let j = lists.starts[row]; j < lists.starts[row + 1]; j++) counts[lists.columns[j]]++;
  }
  const positives = sum(counts);
  return counts.map((count) => count / positives);
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, i) => total + value * b[i], 0);
}

/** The indices of the smallest values of which no group has more than its most. */
function smallestOfGroups(
  values: Float64Array,
  n: number,
  groups: Int32Array,
  { count, most }: GroupLimit,
): Int32Array {
  const taken = new Int32Array(count);
  const chosen = new Int32Array(n);
  let size = 0;
  for (const i of smallest(values, values.length)) {
    if (size === n) break;
    if (taken[groups[i]] >= most) continue;
    taken[groups[i]]++;
    chosen[size++] = i;
  }
  return chosen.slice(0, size);
}
