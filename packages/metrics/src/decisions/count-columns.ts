import type { CheckedInputs } from '../input/check-inputs';
import type { CountedCells } from './count-cells';

/** Rows per block: a block fits into the first-level cache, and ten bits can hold its counts. */
const ROWS = 128;

/**
 * Counts one table per column, and compares the scores with the limits on the way.
 *
 * Within a block of rows, columns are counted one after the other, so that the counts of a column stay in
 * registers. Ten bits each of one integer count positives, positive predictions, and rows that are both. No
 * branch depends on the data.
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
