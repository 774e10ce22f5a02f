import type { CheckedLabels } from './check-labels';

/** Rows that have both of two labels, for every two, row-major and symmetric. */
export function countPairs({ rows, columns, truth }: CheckedLabels): Float64Array {
  const counts = new Float64Array(columns * columns);
  const present = new Uint32Array(columns);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    for (let column = 0, index = row * columns; column < columns; column++, index++) {
      present[count] = column;
      count += truth[index]!;
    }
    for (let a = 0; a < count; a++) {
      const at = present[a]! * columns;
      for (let b = 0; b <= a; b++) counts[at + present[b]!]!++;
    }
  }
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b < a; b++) counts[b * columns + a] = counts[a * columns + b]!;
  }
  return counts;
}
