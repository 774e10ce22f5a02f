import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LayerAliases } from '../weights/match-weights';

/** A network to transfer from: the model, what its pixels must look like, and the groups its layers fall into. */
export interface Backbone {
  /** For example `resnet50`. */
  readonly name: string;
  /** Preprocessed images [n, height, width, 3] → feature map [n, h, w, channels]; with its top, class scores. */
  readonly model: LayersModel;
  readonly preprocessing: Preprocessing;
  /** The groups that freezing speaks of, from input to output; together they hold every layer once. */
  readonly stages: readonly Stage[];
  /** What published files call its layers, beside their own names. */
  readonly layerAliases?: LayerAliases;
}

/**
 * How pixels become a network's input, as plain JSON: x′ = (x[channelOrder] − mean) · scale, per channel, for x in 0…255.
 *
 * A network of one channel (grey) or four (RGB and another) has a mean per channel, and its order is `'rgb'`.
 */
export interface Preprocessing {
  readonly channelOrder: 'rgb' | 'bgr';
  /** Subtracted from each channel, in the order of `channelOrder`. */
  readonly mean: readonly number[];
  /**
   * Multiplied after the mean is subtracted: a number for all channels, or one per channel in the order of `channelOrder`.
   * Of a published standard deviation, it is 1 / deviation.
   */
  readonly scale: number | readonly number[];
}

/** A group of consecutive layers. */
export interface Stage {
  readonly name: string;
  /** Layer names, in the order of `model.layers`. */
  readonly layers: readonly string[];
}
