import type { CheckedInputs } from '../input/check-inputs';
import type { CountedCells } from './count-cells';

/** Counts one table a row, over the columns, the decisions made on the way. */
export function countRows(
  { rows, columns, truth, scores }: CheckedInputs,
  limits: Float64Array,
): CountedCells {
  const tp = new Uint32Array(rows);
  const fp = new Uint32Array(rows);
  const fn = new Uint32Array(rows);
  const tn = new Uint32Array(rows);
  for (let row = 0, index = 0; row < rows; row++) {
    let [both, predicted, positives] = [0, 0, 0];
    for (let column = 0; column < columns; column++, index++) {
      const isPositive = truth[index]!;
      const isPredicted = Number(scores[index]! >= limits[column]!);
      both += isPositive & isPredicted;
      predicted += isPredicted;
      positives += isPositive;
    }
    tp[row] = both;
    fp[row] = predicted - both;
    fn[row] = positives - both;
    tn[row] = columns - predicted - positives + both;
  }
  return { tp, fp, fn, tn };
}
