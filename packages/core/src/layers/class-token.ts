import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

/** The first of a transformer's tokens: [n, tokens, channels] → [n, channels]. */
export class ClassToken extends layers.Layer {
  static readonly className = 'ClassToken';
  static readonly sameInTraining = true;

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [n, , channels] = inputShape as Shape;
    return [n!, channels!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor3D;
    return tf.squeeze(tf.slice(x, [0, 0, 0], [-1, 1, -1]), [1]);
  }
}
