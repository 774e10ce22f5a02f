import { DataMismatchError } from '../errors';
import type { LabelledBatch } from '../labelled-images';

/**
 * Checks that a batch goes on where the last one ended, in the data set's order.
 *
 * @param done the number of rows before the batch
 * @param length the number of rows of the data set
 * @throws DataMismatchError
 */
export function checkRowsInOrder({ rows }: LabelledBatch, done: number, length: number): void {
  checkRows(rows, done, length);
  const wrong = rows.findIndex((row, i) => row !== done + i);
  if (wrong < 0) return;
  throw new DataMismatchError(
    `batches: expected rows in the data set's order without shuffle; row ${done + wrong} came as ${rows[wrong]}.`,
  );
}

/** Checks that a batch has row numbers, and no more rows than the data set has left. @throws DataMismatchError */
export function checkRows(rows: Int32Array, done: number, length: number): void {
  if (typeof (rows as Int32Array | undefined)?.length !== 'number') {
    throw new DataMismatchError(
      `batches: expected rows, the numbers of a batch's images in the data set; received ${rows}.`,
    );
  }
  if (done + rows.length > length) checkRowCount(done + rows.length, length);
}

/** Checks that all batches together had as many rows as the data set. @throws DataMismatchError */
export function checkRowCount(done: number, length: number): void {
  if (done === length) return;
  throw new DataMismatchError(
    `batches: expected ${length} images, the data set's length; received ${done}${done > length ? ' or more' : ''}.`,
  );
}
