import type { CheckedInputs } from '../input/check-inputs';
import type { CountedCells } from './count-cells';

/**
 * Sums the weights of the known cells to one table per column, if rows have weights or labels are unknown.
 */
export function weighColumns(
  { rows, columns, truth, scores, known, weights }: CheckedInputs,
  limits: Float64Array,
): CountedCells {
  const tp = new Float64Array(columns);
  const fp = new Float64Array(columns);
  const fn = new Float64Array(columns);
  const tn = new Float64Array(columns);
  for (let row = 0, index = 0; row < rows; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    for (let column = 0; column < columns; column++, index++) {
      if (known?.[index] === 0) continue;
      const isPredicted = scores[index] >= limits[column];
      if (truth[index] === 1) (isPredicted ? tp : fn)[column] += weight;
      else (isPredicted ? fp : tn)[column] += weight;
    }
  }
  return { tp, fp, fn, tn };
}
