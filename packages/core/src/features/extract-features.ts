import type { Classifier } from '../classifier/classifier';
import type { LabelledImages } from '../labelled-images';
import { type Precision, resolvePrecision } from '../run/precision';
import { featureBatches } from './feature-batches';
import { widthOf } from './kept-features';

/** Options of `extractFeatures`. */
export interface ExtractFeaturesOptions {
  /** Images per batch; default 32. */
  readonly batchSize?: number;
  /** With augmentation: the number of the variant of each image, from 0 (default). */
  readonly view?: number;
  /** Seeds the augmentation; default 0. */
  readonly seed?: number;
  /** The type of number to compute with; default `'float32'`. `'auto'` takes bfloat16 for 64 or more images, if available. */
  readonly precision?: Precision;
  readonly onBatch?: () => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** The input of the head per image, `[images, …shape]`, row-major, in the data set's order. */
export interface Features {
  readonly data: Float32Array;
  /** The shape of one image's features. */
  readonly shape: readonly number[];
}

/**
 * Computes the classifier's features of every image: the network up to the head, in inference mode.
 *
 * A training phase keeps features by itself. This function is for other uses, such as a nearest-neighbour search.
 *
 * @throws PrecisionError if `'bfloat16'` isn't available; DataMismatchError if the data set's batches don't match its
 * description.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { classifier, extractFeatures } from '@thawjs/core';
 *
 * // Four images of 4×4 pixels, white if the label is 1, else black.
 * const y = Uint8Array.of(1, 0, 1, 0);
 * const pixels = Uint8Array.from({ length: 4 * 48 }, (_, i) => 255 * y[Math.floor(i / 48)]);
 * const train = {
 *   length: 4,
 *   ids: ['a', 'b', 'c', 'd'],
 *   labels: ['Bright'],
 *   y,
 *   async *batches() {
 *     yield { rows: Int32Array.of(0, 1, 2, 3), pixels, shape: [4, 4, 4, 3] as const, y };
 *   },
 * };
 * const layers = [tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [4, 4, 3] })];
 * const preprocessing = { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 } as const;
 * const model = classifier(tf.sequential({ layers }), { labels: train.labels, preprocessing });
 *
 * const { data, shape } = await extractFeatures(model, train);
 * console.log(shape, data.length); // [ 2 ] 8
 * ```
 */
export async function extractFeatures(
  classifier: Classifier,
  images: LabelledImages,
  { batchSize = 32, view = 0, seed = 0, precision, onBatch, signal }: ExtractFeaturesOptions = {},
): Promise<Features> {
  const model = classifier.featureModel();
  const shape = model.outputs[0].shape.slice(1).map(Number);
  const data = new Float32Array(images.length * widthOf(shape));
  let done = 0;
  const options = {
    classifier,
    images,
    batchSize,
    view,
    seed,
    precision: resolvePrecision('extractFeatures', precision),
    signal,
  };
  for await (const { features } of featureBatches(model, options)) {
    data.set(features, done);
    done += features.length;
    await onBatch?.();
    signal?.throwIfAborted();
  }
  return { data, shape };
}
