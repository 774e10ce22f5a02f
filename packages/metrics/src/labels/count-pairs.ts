/** For every two columns of a 0/1 matrix, the number of rows that have both; row-major and symmetric. */
export function countPairs(rows: number, columns: number, matrix: Uint8Array): Float64Array {
  const counts = new Float64Array(columns * columns);
  const present = new Uint32Array(columns);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    for (let column = 0, index = row * columns; column < columns; column++, index++) {
      present[count] = column;
      count += matrix[index];
    }
    for (let a = 0; a < count; a++) {
      const at = present[a] * columns;
      for (let b = 0; b <= a; b++) counts[at + present[b]]++;
    }
  }
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b < a; b++) counts[b * columns + a] = counts[a * columns + b];
  }
  return counts;
}

/**
 * For every column a of the first 0/1 matrix and b of the second, the number of rows that have both;
 * row-major.
 */
export function countCrossPairs(
  rows: number,
  columns: number,
  first: Uint8Array,
  second: Uint8Array,
): Float64Array {
  const counts = new Float64Array(columns * columns);
  for (let row = 0, start = 0; row < rows; row++, start += columns) {
    for (let a = 0; a < columns; a++) {
      if (first[start + a] === 0) continue;
      for (let b = 0; b < columns; b++) counts[a * columns + b] += second[start + b];
    }
  }
  return counts;
}
