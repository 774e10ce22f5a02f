/** One weight in a file; its numbers are read only if asked for. */
export interface NamedWeight {
  /** Names of the models that hold the layer, outermost first, then the layer's: `['base', 'conv1']`. */
  readonly layer: readonly string[];
  /** Its name in the layer (`kernel`), or its place among the layer's weights where the file has no names. */
  readonly name: string | number;
  readonly shape: readonly number[];
  /** @throws {WeightsFileError} the numbers can't be read */
  read(): Float32Array;
}

/** What a weights file holds. */
export interface WeightsFile {
  /**
   * Whose names and axis orders it has: Keras' (`kernel`, height × width × in × out) or PyTorch's (`weight`, out × in ×
   * height × width).
   */
  readonly layout: 'keras' | 'pytorch';
  readonly weights: readonly NamedWeight[];
  /** The architecture as Keras or TensorFlow.js describes it, parsed from JSON; undefined in a file of weights alone. */
  readonly architecture?: unknown;
  /** Frees what reading needed; weights can't be read afterwards. */
  close(): void;
}
