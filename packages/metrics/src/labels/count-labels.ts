import type { CheckedLabels } from './check-labels';

/** Positives of each column. */
export function countPositives({ rows, columns, truth }: CheckedLabels): Uint32Array {
  const counts = new Uint32Array(columns);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) counts[column] += truth[index];
  }
  return counts;
}

/** How much of a label matrix is known. */
export interface KnownCounts {
  /** For each label, the number of rows in which it is known. */
  readonly perLabel: Uint32Array;
  /** The number of rows in which at least one label is known. */
  readonly rows: number;
  /** The number of single labels that are known. */
  readonly cells: number;
  /** Whether at least one label of a row is known. */
  readonly hasKnown: (row: number) => boolean;
}

/** Counts the known labels. */
export function countKnown({ rows, columns, known }: CheckedLabels): KnownCounts {
  if (known === undefined) {
    const perLabel = new Uint32Array(columns).fill(rows);
    return { perLabel, rows, cells: rows * columns, hasKnown: () => true };
  }
  const perLabel = new Uint32Array(columns);
  const perRow = new Uint32Array(rows);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) {
      perLabel[column] += known[index];
      perRow[row] += known[index];
    }
  }
  return {
    perLabel,
    rows: perRow.reduce((sum, count) => sum + Number(count > 0), 0),
    cells: perRow.reduce((sum, count) => sum + count, 0),
    hasKnown: (row) => perRow[row] > 0,
  };
}
