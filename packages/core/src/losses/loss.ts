import type * as tf from '@tensorflow/tfjs-core';
import type { LabelledImages } from '../labelled-images';
import type { Value } from '../program/ir';
import type { Ops } from '../program/ops';

/** The inputs of a loss, as values of the step's program. All but `ops` are `[images, labels]`. */
export interface LossInput {
  /** The operations to compute the loss with. */
  readonly ops: Ops;
  /** The network's output before the sigmoid. */
  readonly logits: Value;
  /** The network's output after the sigmoid. */
  readonly probabilities: Value;
  /** From 0 to 1. Labels that aren't known are 0. */
  readonly labels: Value;
  /** 1 for labels that are known, else 0. */
  readonly known: Value;
}

/**
 * A loss as operations of the step's program. The result is `[images]`, or `[images, labels]`: the loss of an image is
 * then the mean over its known labels.
 */
export type LossDefinition = (input: LossInput) => Value;

/** A loss as JSON: its name and all its options, defaults included. `lossOf` makes the loss of it again. */
export interface LossDescription {
  readonly loss: string;
  readonly [option: string]: unknown;
}

/**
 * The loss per image, `[images]`, from labels and probabilities, both `[images, labels]`. `known` is 1 for labels that are
 * known, else 0; undefined if all are known. Labels that aren't known may be any number in `yTrue`, NaN included, if the
 * loss was made by `defineLoss`; a phase gives 0.
 *
 * `binaryCrossentropy` and `defineLoss` make losses that are part of the step's program, and so of the TensorFlow graph.
 * Any other function of tensors that TensorFlow.js can differentiate works too, but runs between two parts of the graph.
 */
export interface Loss {
  (yTrue: tf.Tensor2D, yPred: tf.Tensor2D, known?: tf.Tensor2D): tf.Tensor1D;
  /** Set if the loss can be part of a program: the loss as operations. */
  readonly definition?: LossDefinition;
  /** Set if the loss depends on the training labels, as with `positiveWeights: 'balanced'`: a phase calls it first. */
  readonly forData?: (train: LabelledImages) => Loss;
  /** Set if the loss has a name: its name and options. */
  readonly toJSON?: () => LossDescription;
}
