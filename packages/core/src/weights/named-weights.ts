/** One weight in a file. Its numbers are read only when needed. */
export interface NamedWeight {
  /** The names of the nested models around the layer, outermost first, then the layer's name: `['base', 'conv1']`. */
  readonly layer: readonly string[];
  /** The weight's name in the layer (`kernel`), or its index among the layer's weights if the file has no names. */
  readonly name: string | number;
  readonly shape: readonly number[];
  /** @throws {WeightsFileError} the numbers can't be read */
  read(): Float32Array;
}

/** An open weights file. */
export interface WeightsFile {
  /**
   * The convention for names and axis orders: Keras' (`kernel`, height × width × in × out) or PyTorch's (`weight`, out × in ×
   * height × width).
   */
  readonly layout: 'keras' | 'pytorch';
  readonly weights: readonly NamedWeight[];
  /** The architecture as Keras or TensorFlow.js describes it, parsed from JSON; undefined in a file of weights alone. */
  readonly architecture?: unknown;
  /** Closes the file. Weights can't be read afterwards. */
  close(): void;
}
