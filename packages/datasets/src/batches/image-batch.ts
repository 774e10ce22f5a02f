/** Images of a few rows, ready for a network, with their labels. */
export interface ImageBatch {
  /** The row of the dataset that each image is. */
  readonly rows: Int32Array;
  /** RGB, 0–255, n × height × width × 3, row-major. */
  readonly pixels: Uint8Array;
  /** n, height, width, 3. */
  readonly shape: readonly [number, number, number, number];
  /** 0/1, n × labels, row-major. */
  readonly y: Uint8Array;
  /** 1 where a label is known, in the layout of `y`; left out where the dataset knows all. */
  readonly known?: Uint8Array;
}
