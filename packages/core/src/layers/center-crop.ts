import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

export interface CenterCropArgs extends LayerArgs {
  readonly height: number;
  readonly width: number;
}

/** Keras' CenterCrop of maps [n, h, w, c] that aren't smaller. tfjs-layers' class of the name changes the shape of its input. */
export class CenterCrop extends layers.Layer {
  static readonly className = 'CenterCrop';
  static readonly sameInTraining = true;
  readonly #args: CenterCropArgs;

  constructor(args: CenterCropArgs) {
    super(args);
    this.#args = args;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [n, h, w, channels] = inputShape as Shape;
    const { height, width } = this.#args;
    if (h! < height || w! < width)
      throw new RangeError(
        `CenterCrop: expected an image of at least ${height}×${width}; received ${h}×${w}`,
      );
    return [n!, height, width, channels!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { height, width } = this.#args;
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const [, h, w] = x.shape;
    const begin = [0, Math.floor((h - height) / 2), Math.floor((w - width) / 2), 0];
    return tf.slice(x, begin, [-1, height, width, -1]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { height, width } = this.#args;
    return { ...super.getConfig(), height, width };
  }
}
