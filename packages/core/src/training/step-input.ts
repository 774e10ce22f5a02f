import type * as tf from '@tensorflow/tfjs-core';
import type { Labels } from '../labelled-images';

/** What one training step reads. */
interface StepInput {
  /** The trained model's input; whoever takes the step disposes it. */
  readonly x: tf.Tensor;
  /** From 0 to 1, `[images, labels]`. */
  readonly y: Labels;
  /** 0 where a label isn't known; undefined where all are. */
  readonly known?: Uint8Array;
  /** Row numbers in the data set. */
  readonly rows: Int32Array;
}

/** A set of images as a phase runs through it, epoch after epoch. */
export interface StepInputs {
  /** Images an epoch. */
  readonly length: number;
  readonly batches: number;
  /** The batches of an epoch; the first `from` of them are left out. */
  epoch(epoch: number, from?: number): AsyncIterable<StepInput>;
}
