import type * as tf from '@tensorflow/tfjs-core';
import type { PreparedProgram } from '../../run/prepared-program';

/** A batch as a step reads it. The code that made the tensors disposes them. */
export interface StepBatch {
  /** Pixels, or features of frozen layers: float32, or on the native backend the pixels' bytes (TensorFlow's uint8). */
  readonly x: tf.Tensor;
  /** Labels `[images, labels]`, from 0 to 1. Labels that aren't known are 0. */
  readonly y: tf.Tensor2D;
  /** `[images, labels]`: 1 for labels that are known, else 0. */
  readonly known: tf.Tensor2D;
  /** Factors for the loss: `[images]`, or `[images, labels]`. */
  readonly weights: tf.Tensor;
}

/** The settings of one training step. */
export interface StepSettings {
  readonly learningRate: number;
  /** Draws uniformly distributed numbers from 0 to below 1, for dropout. */
  readonly random: () => number;
  /** The number of earlier steps of the phase. With accumulated gradients, it tells when an update is due. */
  readonly step: number;
  /** If weights are averaged: the share of the new weights in the average. */
  readonly averageShare?: number;
}

/** The result of a step. The caller disposes both tensors. */
export interface StepResult {
  /** A scalar: the batch's loss before the weights were updated. */
  readonly loss: tf.Tensor;
  /** Probabilities `[images, labels]`, before the weights were updated. */
  readonly scores: tf.Tensor;
}

/** One way of running the steps of a phase. */
export interface TrainingSteps {
  /** The way: one TensorFlow graph, the same operations one by one, or TensorFlow.js' own differentiation. */
  readonly way: 'graph' | 'plan' | 'tape';
  /** The program with its states, if there is one. */
  readonly program?: PreparedProgram;
  /**
   * Runs a training step.
   *
   * @throws NotFiniteStepError if a loss, gradient or moving average isn't finite. The weights then stay as they were.
   */
  train(batch: StepBatch, settings: StepSettings): Promise<StepResult>;
  /** Computes loss and scores without training. */
  evaluate(batch: StepBatch): Promise<StepResult>;
  dispose(): void;
}

/** A step met a number that isn't finite, and changed nothing. The message says where, as a part of a sentence. */
export class NotFiniteStepError extends Error {}
