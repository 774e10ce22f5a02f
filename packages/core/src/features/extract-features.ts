import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../classifier/classifier';
import type { LabelledImages } from '../labelled-images';
import { batchTensor } from '../prediction/batch-tensor';

/** Options of `extractFeatures`. */
export interface ExtractFeaturesOptions {
  /** Images a pass; default 32. */
  readonly batchSize?: number;
  /** Which augmentation of the images, where the data set has one; default 0. */
  readonly view?: number;
  /** Seeds the augmentation; default 0. */
  readonly seed?: number;
  readonly onBatch?: () => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** What the head is fed with, `[images, …shape]`, in the data set's order. */
export interface Features {
  readonly data: Float32Array;
  /** Of one image's features. */
  readonly shape: readonly number[];
}

/**
 * The classifier's features of every image: its network up to the head, in inference mode.
 *
 * A frozen backbone gives the same features in every epoch, so that training a head needs this once.
 */
export async function extractFeatures(
  classifier: Classifier,
  images: LabelledImages,
  { batchSize = 32, view = 0, seed = 0, onBatch, signal }: ExtractFeaturesOptions = {},
): Promise<Features> {
  const model = classifier.featureModel();
  const shape = model.outputs[0].shape.slice(1).map(Number);
  const width = shape.reduce((product, size) => product * size, 1);
  const data = new Float32Array(images.length * width);
  let done = 0;
  const size = classifier.inputSize;
  for await (const batch of images.batches({ size, batchSize, seed, epoch: view, signal })) {
    const features = tf.tidy(
      () => model.apply(batchTensor(classifier, batch), { training: false }) as tf.Tensor,
    );
    data.set(await features.data<'float32'>(), done * width);
    done += batch.rows.length;
    features.dispose();
    await onBatch?.();
    signal?.throwIfAborted();
  }
  return { data, shape };
}
