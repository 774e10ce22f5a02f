import type * as tf from '@tensorflow/tfjs-core';

/** A batch as a step reads it; whoever made the tensors disposes them. */
export interface StepBatch {
  readonly x: tf.Tensor;
  /** `[images, labels]`. */
  readonly y: tf.Tensor2D;
  /** A factor an image for its loss. */
  readonly weights: tf.Tensor1D;
}

/** What a step gives; the caller disposes both. */
export interface StepResult {
  /** A scalar: the batch's loss, before the step. */
  readonly loss: tf.Tensor;
  /** `[images, labels]`, of the model as it was before the step. */
  readonly scores: tf.Tensor;
}

/**
 * One way of running the steps of a phase.
 *
 * What the model's variables give is what was learned after `end`; between `begin` and `end` it may be older.
 */
export interface TrainingSteps {
  /** How: in one TensorFlow graph, op by op in a plan, or by TensorFlow.js' own differentiation. */
  readonly way: 'graph' | 'plan' | 'tape';
  /** Before an epoch: takes up what was written to the model's weights since. */
  begin(): void;
  /** A step of training. `random` gives numbers from 0 to 1, for dropout. */
  train(batch: StepBatch, random: () => number): StepResult;
  /** Loss and scores without training. */
  evaluate(batch: StepBatch): StepResult;
  /** After an epoch, however it ended: the model's weights are what was learned. */
  end(): void;
  dispose(): void;
}
