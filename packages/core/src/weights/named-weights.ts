/** A weight in a file: its bytes are read only when asked for. */
export interface NamedWeight {
  /** As the file has it: `conv1_conv/kernel:0`. */
  readonly name: string;
  readonly shape: readonly number[];
  read(): Float32Array;
}

/** What a weights file holds: the weights of each layer, by the layer's name. */
export type NamedLayers = ReadonlyMap<string, readonly NamedWeight[]>;
