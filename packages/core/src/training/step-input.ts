import type * as tf from '@tensorflow/tfjs-core';
import type { Labels } from '../labelled-images';

/** The batch that one step reads. */
interface StepInput {
  /** The input of the trained model: pixels or features. The consumer disposes it. */
  readonly x: tf.Tensor;
  /** From 0 to 1, `[images, labels]`. */
  readonly y: Labels;
  /** 0 for labels that aren't known; undefined if all are known. */
  readonly known?: Uint8Array;
  /** Row numbers in the data set. */
  readonly rows: Int32Array;
}

/** A data set as batches, epoch by epoch. */
export interface StepInputs {
  /** The number of images per epoch. */
  readonly length: number;
  readonly batches: number;
  /** The batches of an epoch, without the first `from` ones. */
  epoch(epoch: number, from?: number): AsyncIterable<StepInput>;
}
