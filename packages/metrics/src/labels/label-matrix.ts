/** A number for every two labels, row-major; fits wherever a matrix is taken. */
export interface LabelMatrix {
  readonly data: Float64Array;
  readonly shape: readonly [labels: number, labels: number];
}
