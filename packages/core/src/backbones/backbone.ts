import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LayerAliases } from '../weights/match-weights';

/** A pretrained network to transfer from: the model, its preprocessing and its stages. */
export interface Backbone {
  /** For example `resnet50`. */
  readonly name: string;
  /** Preprocessed images [n, height, width, 3] → feature map [n, h, w, channels]; with its top, class scores. */
  readonly model: LayersModel;
  readonly preprocessing: Preprocessing;
  /** The stages, from input to output. Each layer is in exactly one stage. */
  readonly stages: readonly Stage[];
  /** Other names of the layers, which published files of weights use. */
  readonly layerAliases?: LayerAliases;
}

/**
 * How pixels become a network's input: `(x[channelOrder] − mean) · scale` per channel, for x from 0 to 255. Plain JSON.
 *
 * For networks with another number of channels than 3, `mean` has one number per channel, and the order is `'rgb'`.
 */
export interface Preprocessing {
  readonly channelOrder: 'rgb' | 'bgr';
  /** Subtracted from each channel, in the order of `channelOrder`. */
  readonly mean: readonly number[];
  /**
   * Multiplied after the mean is subtracted: one number for all channels, or one per channel in the order of `channelOrder`.
   * For a published standard deviation, the scale is 1 / deviation.
   */
  readonly scale: number | readonly number[];
}

/** A group of consecutive layers. */
export interface Stage {
  readonly name: string;
  /** Layer names, in the order of `model.layers`. */
  readonly layers: readonly string[];
}
