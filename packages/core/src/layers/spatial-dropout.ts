import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

/** Options of {@link SpatialDropout2D}. */
export interface SpatialDropoutArgs {
  readonly name?: string;
  /** The share of channels that are dropped, from 0 to below 1. */
  readonly rate: number;
}

/** Keras' SpatialDropout2D, which tfjs-layers lacks: in training, whole channels of a map [n, h, w, c] are dropped. */
export class SpatialDropout2D extends layers.Layer {
  static readonly className = 'SpatialDropout2D';
  readonly rate: number;
  /** The seed, which is set at each training step, so that a run can be repeated. */
  seed?: number;

  constructor(args: SpatialDropoutArgs) {
    super(args);
    this.rate = args.rate;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return inputShape as Shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    const x = [inputs].flat()[0];
    if (!kwargs.training || this.rate === 0) return tf.clone(x);
    const [images, , , channels] = x.shape;
    return tf.dropout(x, this.rate, [images, 1, 1, channels], this.seed);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate };
  }
}
