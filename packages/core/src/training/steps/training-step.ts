import type * as tf from '@tensorflow/tfjs-core';
import type { PreparedProgram } from '../../run/prepared-program';

/** A batch as a step reads it; whoever made the tensors disposes them. */
export interface StepBatch {
  /** Pixels, or features of frozen layers: float32, or on the native backend the pixels' bytes (TensorFlow's uint8). */
  readonly x: tf.Tensor;
  /** `[images, labels]`, 0 where a label isn't known. */
  readonly y: tf.Tensor2D;
  /** `[images, labels]`: 1 where a label is known, else 0. */
  readonly known: tf.Tensor2D;
  /** A factor per image for its loss, `[images]`, or per image and label, `[images, labels]`. */
  readonly weights: tf.Tensor;
}

/** What one step of training needs besides its batch. */
export interface StepSettings {
  readonly learningRate: number;
  /** Gives numbers from 0 to 1, for dropout. */
  readonly random: () => number;
  /** Steps of the phase before this one: where gradients are summed, it tells when an update is due. */
  readonly step: number;
}

/** What a step gives; the caller disposes both. */
export interface StepResult {
  /** A scalar: the batch's loss, before the step. */
  readonly loss: tf.Tensor;
  /** `[images, labels]`, of the model as it was before the step. */
  readonly scores: tf.Tensor;
}

/** One way of running the steps of a phase. */
export interface TrainingSteps {
  /** How: in one TensorFlow graph, op by op in the same operations, or by TensorFlow.js' own differentiation. */
  readonly way: 'graph' | 'plan' | 'tape';
  /** The program with its states, if there is one. */
  readonly program?: PreparedProgram;
  /**
   * A step of training.
   *
   * @throws NotFiniteStepError if a loss, a gradient or a moving average isn't finite; the weights stay as they are then.
   */
  train(batch: StepBatch, settings: StepSettings): Promise<StepResult>;
  /** Loss and scores without training. */
  evaluate(batch: StepBatch): Promise<StepResult>;
  dispose(): void;
}

/** A step met a number that isn't finite, and changed nothing. The message says where, as part of a sentence. */
export class NotFiniteStepError extends Error {}
