/** How the kernels of a saved model are stored. */
export type WeightsType = 'float32' | 'float16' | 'int8';

/** Options of `save`. */
export interface SaveOptions {
  /**
   * How kernels are stored: `'float32'` (default) exactly, `'float16'` in half of the bytes, `'int8'` in about a
   * quarter. `load` turns them into float32 again. Further training starts from the rounded kernels; checkpoints are
   * always exact.
   */
  readonly weights?: WeightsType;
}
