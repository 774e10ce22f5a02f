import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import { type Interpolation, resizeShares } from './resize-shares';

type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

export interface ResizingArgs extends LayerArgs {
  readonly height: number;
  readonly width: number;
  readonly interpolation?: Interpolation;
}

/**
 * Keras' Resizing: maps [n, h, w, c] resized to another height and width, with the centres of pixels as TensorFlow places them.
 *
 * tfjs-layers' class of the name throws when it is called. Each axis is resized by a product with a matrix, of which every
 * backend has the gradient.
 */
export class Resizing extends layers.Layer {
  static readonly className = 'Resizing';
  static readonly sameInTraining = true;
  readonly #args: ResizingArgs;

  constructor(args: ResizingArgs) {
    super(args);
    this.#args = args;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [n, , , channels] = inputShape as Shape;
    return [n!, this.#args.height, this.#args.width, channels!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { height, width, interpolation = 'bilinear' } = this.#args;
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const [n, h, w, c] = x.shape as [number, number, number, number];
      const rows = tf.tensor(resizeShares(h, height, interpolation), [1, height, h]);
      const columns = tf.tensor(resizeShares(w, width, interpolation), [1, width, w]);
      const tall = tf.matMul(rows, tf.reshape(x, [n, h, w * c]));
      const wide = tf.matMul(columns, tf.reshape(tall, [n * height, w, c]));
      return tf.reshape(wide, [n, height, width, c]);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { height, width, interpolation = 'bilinear' } = this.#args;
    return { ...super.getConfig(), height, width, interpolation };
  }
}
