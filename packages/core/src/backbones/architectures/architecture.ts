import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { NetworkBuilder, NetworkStyle } from './network-builder';

/** A family member of networks, without weights. */
export interface Architecture {
  readonly style: NetworkStyle;
  /**
   * Preprocessed image → feature map; with `classes` above 0, class probabilities (or scores where the reference gives
   * those).
   */
  build(image: SymbolicTensor, builder: NetworkBuilder, classes: number): SymbolicTensor;
  /** The stage of a layer, by its name. */
  stageOf(layer: string): string;
  /** What published files call a layer, beside its own name. */
  aliases(layer: string): readonly string[];
  /** The first convolution, which other numbers of channels change. */
  readonly firstLayer: string;
  /** The smallest height and width that leave something of the image. */
  readonly smallestSide: number;
}

/** A whole number of channels that 8 divides, as near as that goes and never under 90 %. */
export function dividedByEight(channels: number): number {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
}
