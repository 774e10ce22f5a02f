import type * as tf from '@tensorflow/tfjs-core';
import type { Program, Value } from '../program/ir';

/**
 * The loss of each image, `[images]`, from 0/1 labels and probabilities, both `[images, labels]`. A label is −1 where the
 * data set has `known` 0 for it.
 *
 * Any function of tensors that TensorFlow.js can differentiate will do. With one of your own a step runs op by op;
 * those of this package can be part of a TensorFlow graph.
 */
export interface Loss {
  (yTrue: tf.Tensor2D, yPred: tf.Tensor2D): tf.Tensor1D;
  /**
   * The same as an operation of a program.
   *
   * @internal
   */
  readonly operation?: (program: Program, yTrue: Value, yPred: Value) => Value;
}
