import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { NetworkBuilder, NetworkStyle } from './network-builder';

/** The architecture of a network, without weights. */
export interface Architecture {
  readonly style: NetworkStyle;
  /**
   * Preprocessed image → feature map. With `classes` above 0, → class probabilities, or scores if the reference network
   * gives scores.
   */
  build(image: SymbolicTensor, builder: NetworkBuilder, classes: number): SymbolicTensor;
  /** The stage of a layer, by its name. */
  stageOf(layer: string): string;
  /** Other names of a layer, which published files of weights use. */
  aliases(layer: string): readonly string[];
  /** The name of the first convolution, whose kernel depends on the number of input channels. */
  readonly firstLayer: string;
  /** The smallest height and width for which the last feature map isn't empty. */
  readonly smallestSide: number;
}

/** The nearest multiple of 8, at least 8, and at least 90 % of the given number of channels. */
export function dividedByEight(channels: number): number {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
}
