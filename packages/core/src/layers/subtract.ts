import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

/** Keras' Subtract, which tfjs-layers lacks: the first of two inputs of the same sizes minus the second. */
export class Subtract extends layers.Layer {
  static readonly className = 'Subtract';
  static readonly sameInTraining = true;

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (inputShape as Shape[])[0];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [a, b] = inputs as tf.Tensor[];
    return tf.sub(a, b);
  }
}
