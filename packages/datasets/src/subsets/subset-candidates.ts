import { DatasetOptionError } from '../errors';
import type { LabelLists } from './label-lists';

/** The group of each row, how many groups there are, and how many rows of each may be chosen. */
export interface GroupLimit {
  readonly numbers: Int32Array;
  readonly count: number;
  readonly most: number;
}

/** The rows that a search chooses from. */
export interface SubsetCandidates {
  /** Ascending. */
  readonly rows: Int32Array;
  /** How many of them are chosen; rows without labels make up for what is left of n. */
  readonly n: number;
}

/**
 * The rows with enough labels, and how many of them a subset of `n` rows has.
 *
 * Without `minLabelsPerRow` these are the rows with a label, as many as there can be: a row without labels comes in only
 * if there are too few of the others.
 *
 * @throws {DatasetOptionError} `minLabelsPerRow` is no whole number from 0, or n is more than may be chosen
 */
export function subsetCandidates(
  { starts }: LabelLists,
  n: number,
  minLabelsPerRow: number | undefined,
  limit: GroupLimit | undefined,
): SubsetCandidates {
  if (minLabelsPerRow !== undefined && !(Number.isSafeInteger(minLabelsPerRow) && minLabelsPerRow >= 0)) {
    throw new DatasetOptionError(
      `balanced: expected minLabelsPerRow as a whole number from 0; received ${minLabelsPerRow}.`,
    );
  }
  const all = Int32Array.from({ length: starts.length - 1 }, (_, row) => row);
  const least = minLabelsPerRow ?? 1;
  const rows = all.filter((row) => starts[row + 1] - starts[row] >= least);
  const most = reachable(rows, limit);
  const available = minLabelsPerRow === undefined ? reachable(all, limit) : most;
  if (!(Number.isSafeInteger(n) && n >= 0 && n <= available)) {
    const withLabels = minLabelsPerRow ? ` and have at least ${minLabelsPerRow} of the labels` : '';
    throw new DatasetOptionError(
      `balanced: expected n as a whole number from 0 to ${available}, the rows that may be chosen${withLabels}; received ${n}.`,
    );
  }
  return { rows, n: Math.min(n, most) };
}

/** The number of these rows that can be chosen with a limit on the rows of each group. */
function reachable(rows: Int32Array, limit: GroupLimit | undefined): number {
  if (!limit) return rows.length;
  const sizes = new Int32Array(limit.count);
  for (const row of rows) sizes[limit.numbers[row]]++;
  return sizes.reduce((sum, size) => sum + Math.min(size, limit.most), 0);
}
