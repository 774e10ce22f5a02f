import type { CheckedInputs } from '../input/check-inputs';
import type { CountedCells } from './count-cells';

/** Rows at a time: few enough for the first cache to hold them, and for ten bits to count them. */
const ROWS = 128;

/**
 * Counts one table a column, the decisions made on the way.
 *
 * A column at a time over a block of rows, so that its counts stay in registers: positives, predictions and both in
 * ten bits each of one integer, and no branch on what a row holds.
 */
export function countColumns(
  { rows, columns, truth, scores }: CheckedInputs,
  limits: Float64Array,
): CountedCells {
  const tp = new Float64Array(columns);
  const fp = new Float64Array(columns);
  const fn = new Float64Array(columns);
  for (let start = 0; start < rows; start += ROWS) {
    const end = Math.min(rows, start + ROWS);
    for (let column = 0; column < columns; column++) {
      const limit = limits[column];
      let packed = 0;
      for (let index = start * columns + column, stop = end * columns; index < stop; index += columns) {
        const isPositive = truth[index];
        const isPredicted = Number(scores[index] >= limit);
        packed = (packed + isPositive + (isPredicted << 10) + ((isPositive & isPredicted) << 20)) | 0;
      }
      const hits = packed >> 20;
      tp[column] += hits;
      fp[column] += ((packed >> 10) & 1023) - hits;
      fn[column] += (packed & 1023) - hits;
    }
  }
  return { tp, fp, fn, tn: tp.map((hits, column) => rows - hits - fp[column] - fn[column]) };
}
