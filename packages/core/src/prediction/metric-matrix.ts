/** Scores or labels, row-major, with their shape. */
export interface MetricMatrix<Data extends ArrayLike<number> = ArrayLike<number>> {
  readonly data: Data;
  readonly shape: readonly [rows: number, columns: number];
}
