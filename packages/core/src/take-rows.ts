import type { Labels } from './labelled-images';

/** Copies some rows of a row-major matrix into a new matrix. */
export function takeRows<Matrix extends Labels>(matrix: Matrix, rows: Int32Array, columns: number): Matrix {
  const taken = new (matrix.constructor as new (length: number) => Matrix)(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    taken.set(matrix.subarray(rows[i] * columns, (rows[i] + 1) * columns), i * columns);
  }
  return taken;
}
