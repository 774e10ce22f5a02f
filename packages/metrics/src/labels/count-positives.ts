import type { CheckedLabels } from './check-labels';

/** Positives of each column. */
export function countPositives({ rows, columns, truth }: CheckedLabels): Uint32Array {
  const counts = new Uint32Array(columns);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) counts[column]! += truth[index]!;
  }
  return counts;
}
