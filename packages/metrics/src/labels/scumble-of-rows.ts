import type { CheckedLabels } from './check-labels';

/** SCUMBLE of each row, and for each label the sum over the rows that have it. */
export interface ScumbleOfRows {
  readonly values: Float64Array;
  readonly sums: Float64Array;
}

export function scumbleOfRows(
  { rows, columns, truth }: CheckedLabels,
  imbalanceRatios: Float64Array,
): ScumbleOfRows {
  // Logarithms are added, because a product of forty ratios would overflow.
  const logarithms = imbalanceRatios.map(Math.log);
  const values = new Float64Array(rows);
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    let sum = 0;
    let logarithm = 0;
    for (let column = 0, index = row * columns; column < columns; column++, index++) {
      if (truth[index] === 0) continue;
      count++;
      sum += imbalanceRatios[column];
      logarithm += logarithms[column];
    }
    if (count < 2) continue;
    values[row] = Math.max(0, 1 - (Math.exp(logarithm / count) * count) / sum);
    for (let column = 0, index = row * columns; column < columns; column++, index++) {
      if (truth[index] === 1) sums[column] += values[row];
    }
  }
  return { values, sums };
}
