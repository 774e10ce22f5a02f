import type * as tf from '@tensorflow/tfjs-core';

/** What one training step reads. */
interface StepInput {
  /** The trained model's input; whoever takes the step disposes it. */
  readonly x: tf.Tensor;
  /** 0 or 1, `[images, labels]`. */
  readonly y: Uint8Array;
  /** Row numbers in the data set. */
  readonly rows: Int32Array;
}

/** A set of images as a phase runs through it, epoch after epoch. */
export interface StepInputs {
  /** Images an epoch. */
  readonly length: number;
  readonly batches: number;
  epoch(epoch: number): AsyncIterable<StepInput>;
}
