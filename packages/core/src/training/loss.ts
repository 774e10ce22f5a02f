import type * as tf from '@tensorflow/tfjs-core';
import type { Value } from '../program/ir';
import type { Ops } from '../program/ops';

/** What a loss is computed from, as values of the step's program. All but `ops` are `[images, labels]`. */
export interface LossInput {
  /** The operations to compute it with. */
  readonly ops: Ops;
  /** Before the sigmoid. */
  readonly logits: Value;
  /** After the sigmoid. */
  readonly probabilities: Value;
  /** From 0 to 1. A label that isn't known is 0 here. */
  readonly labels: Value;
  /** 1 where a label is known, else 0. */
  readonly known: Value;
}

/**
 * A loss as operations of the step's program: `[images, labels]`, of which the mean over the known labels is an image's
 * loss, or `[images]`.
 */
export type LossDefinition = (input: LossInput) => Value;

/**
 * The loss of each image, `[images]`, from labels and probabilities, both `[images, labels]`. `known` is 1 where a label
 * is known, else 0; undefined where all are. A label that isn't known is 0 in `yTrue`.
 *
 * `binaryCrossentropy` and `defineLoss` make one that is part of the step's program, and so of the TensorFlow graph. Any
 * other function of tensors that TensorFlow.js can differentiate will do too; it runs between two parts of the graph.
 */
export interface Loss {
  (yTrue: tf.Tensor2D, yPred: tf.Tensor2D, known?: tf.Tensor2D): tf.Tensor1D;
  /** The loss as operations of a program, if it is one. */
  readonly definition?: LossDefinition;
}
