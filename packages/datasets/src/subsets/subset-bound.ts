import { type LabelLists, labelLists } from './label-lists';
import { smallest } from './smallest';

/** Dinkelbach's method converges faster than linearly; more rounds than this only happen on ties. */
const ROUNDS = 50;

/** What {@link subsetBound} looks at. */
export interface BoundedTable {
  /** 0/1, rows × labels. */
  readonly y: Uint8Array;
  readonly labelCount: number;
  /** The number of rows of a subset. */
  readonly n: number;
  /** Positives per label of the best subset known: it only makes the bound sharp. */
  readonly counts: ArrayLike<number>;
  /** The group of each row, from 0, and how many rows of each a subset may have. */
  readonly groups?: { readonly numbers: Int32Array; readonly count: number; readonly most: number };
}

/**
 * A number that the standard deviation over the mean of the positives per label is not below for any `n` rows.
 *
 * With c the positives per label of a subset, L labels and 1 the vector of ones, (std / mean)² = L·‖c‖² / (1·c)² − 1. For
 * any unit vector u, ‖c‖ ≥ u·c (Cauchy–Schwarz), so ‖c‖ / (1·c) is at least the least ratio (u·c) / (1·c) over all
 * subsets. Both are sums over rows, and the least ratio of two such sums is found exactly by Dinkelbach's method ("On
 * nonlinear fractional programming", 1967): for a ratio λ the n rows with the smallest u·y − λ·(1·y) give the next λ, until
 * it stays. u = c / ‖c‖ of a good subset makes the bound sharp; a limit a group keeps it exact, as taking the smallest that
 * still may come solves that too.
 *
 * @returns from 0; NaN where no subset has a positive
 */
export function subsetBound({ y, labelCount, n, counts, groups }: BoundedTable): number {
  const rowCount = y.length / labelCount;
  const lists = labelLists(y, rowCount, labelCount);
  const norm = Math.hypot(...Array.from(counts));
  if (norm === 0 || n === 0) return Number.NaN;
  const u = Float64Array.from(counts, (count) => count / norm);
  const along = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    for (let i = lists.starts[row]!; i < lists.starts[row + 1]!; i++) along[row]! += u[lists.columns[i]!]!;
  }
  let ratio = norm / sum(counts);
  for (let round = 0; round < ROUNDS; round++) {
    const values = along.map((value, row) => value - ratio * sizeOf(lists, row));
    const rows = groups ? smallestOfGroups(values, n, groups) : smallest(values, n);
    let above = 0;
    let below = 0;
    for (const row of rows) {
      above += along[row]!;
      below += sizeOf(lists, row);
    }
    // a chosen set of rows without labels has the value 0 and no ratio: nothing below the last one is left
    const next = below === 0 ? ratio : above / below;
    if (next >= ratio) break;
    ratio = next;
  }
  // a few units in the last place, so that rounding never lifts the bound above the truth
  return Math.sqrt(Math.max(labelCount * ratio * ratio * (1 - 1e-12) - 1, 0));
}

function sizeOf({ starts }: LabelLists, row: number): number {
  return starts[row + 1]! - starts[row]!;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

/** The rows with the smallest values of which no group has more than its most. */
function smallestOfGroups(
  values: Float64Array,
  n: number,
  { numbers, count, most }: NonNullable<BoundedTable['groups']>,
): Int32Array {
  const taken = new Int32Array(count);
  const rows = new Int32Array(n);
  let size = 0;
  for (const row of smallest(values, values.length)) {
    if (size === n) break;
    if (taken[numbers[row]!]! >= most) continue;
    taken[numbers[row]!]!++;
    rows[size++] = row;
  }
  return rows.slice(0, size);
}
