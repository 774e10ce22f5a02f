import type { LayersModel } from '@tensorflow/tfjs-layers';

/** A network to transfer from: the model, what its pixels must look like, and the groups its layers fall into. */
export interface Backbone {
  /** For example `resnet50`. */
  readonly name: string;
  /** Preprocessed images [n, height, width, 3] → feature map [n, h, w, channels]; with its top, class scores. */
  readonly model: LayersModel;
  readonly preprocessing: Preprocessing;
  /** The groups that freezing speaks of, from input to output; together they hold every layer once. */
  readonly stages: readonly Stage[];
}

/** Plain JSON: x′ = (x[channelOrder] − mean) · scale, for x RGB in 0…255. */
export interface Preprocessing {
  readonly channelOrder: 'rgb' | 'bgr';
  /** Subtracted from each channel, in the order of `channelOrder`. */
  readonly mean: readonly [number, number, number];
  /** Multiplied after the mean is subtracted. */
  readonly scale: number;
}

/** A group of consecutive layers. */
export interface Stage {
  readonly name: string;
  /** Layer names, in the order of `model.layers`. */
  readonly layers: readonly string[];
}
