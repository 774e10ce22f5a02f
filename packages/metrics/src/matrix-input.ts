/** A dense row-major matrix: a typed array (or any array of numbers) and its shape, `[rows, columns]` or `[rows]`. */
export interface Matrix<Value extends number | boolean = number> {
  readonly data: ArrayLike<Value>;
  readonly shape: readonly number[];
}

/** An object with a shape whose values can be read synchronously, such as a TensorFlow.js tensor. */
export interface TensorLike {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<number>;
}

/**
 * The types of labels and scores that every metric takes.
 *
 * - {@link Matrix} or {@link TensorLike}: `[rows, columns]`; `[rows]` is one column.
 * - Rows as nested arrays: `[[0, 1], [1, 0]]`; a row may be a typed array.
 * - A flat array: one column, the binary case. If the other input has a shape and the length fits, the flat
 *   array takes that shape. If both are flat, the option `labels` gives the number of columns.
 *
 * `true` is 1 and `false` 0, in labels, predictions and masks. Scores in a `Float32Array` are compared as 32-bit floats, everything else as 64-bit floats.
 */
export type MatrixInput =
  | Matrix<number | boolean>
  | TensorLike
  | ArrayLike<number | boolean>
  | ArrayLike<ArrayLike<number | boolean>>;
