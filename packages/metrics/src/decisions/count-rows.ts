import type { CheckedInputs } from '../input/check-inputs';
import { weighRows } from '../input/weigh-rows';
import type { CountedCells } from './count-cells';

/**
 * Counts one table per row, over the columns whose label is known, and compares the scores with the limits on
 * the way.
 */
export function countRows(inputs: CheckedInputs, limits: Float64Array): CountedCells {
  const { rows, columns, truth, scores, known } = inputs;
  const tp = new Float64Array(rows);
  const fp = new Float64Array(rows);
  const fn = new Float64Array(rows);
  const tn = new Float64Array(rows);
  for (let row = 0, index = 0; row < rows; row++) {
    let [both, predicted, positives, width] = [0, 0, 0, 0];
    for (let column = 0; column < columns; column++, index++) {
      const isKnown = known === undefined ? 1 : known[index];
      const isPositive = truth[index];
      const isPredicted = Number(scores[index] >= limits[column]) & isKnown;
      both += isPositive & isPredicted;
      predicted += isPredicted;
      positives += isPositive;
      width += isKnown;
    }
    tp[row] = both;
    fp[row] = predicted - both;
    fn[row] = positives - both;
    tn[row] = width - predicted - positives + both;
  }
  return { tp, fp, fn, tn, weights: weighRows(inputs) };
}
