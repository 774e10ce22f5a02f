import type { HeldImages } from '../pipeline/batch-decoder';

/** Images of a few rows, ready for a network, with their labels. */
export interface ImageBatch {
  /** The row in the dataset, per image. */
  readonly rows: Int32Array;
  /** RGB, 0–255, n × height × width × 3, row-major. */
  readonly pixels: Uint8Array;
  /** n, height, width, 3. */
  readonly shape: readonly [number, number, number, number];
  /** 0/1, n × labels, row-major. */
  readonly y: Uint8Array;
  /** 1 for labels that are known, else 0, in the layout of `y`; left out if all are known. */
  readonly known?: Uint8Array;
  /**
   * The images as the `decoder` keeps them, for code that knows this decoder and needs no copy. Undefined once `pixels`
   * has been read. Copies of the batch don't have it.
   */
  readonly held?: HeldImages | undefined;
}
