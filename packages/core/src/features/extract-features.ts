import type { Classifier } from '../classifier/classifier';
import type { LabelledImages } from '../labelled-images';
import { type Precision, resolvePrecision } from '../run/precision';
import { featureBatches } from './feature-batches';
import { widthOf } from './kept-features';

/** Options of `extractFeatures`. */
export interface ExtractFeaturesOptions {
  /** Images a pass; default 32. */
  readonly batchSize?: number;
  /** Which augmentation of the images, where the data set has one; default 0. */
  readonly view?: number;
  /** Seeds the augmentation; default 0. */
  readonly seed?: number;
  /** Default `'float32'`. `'auto'` takes bfloat16 from 64 images on, if it is there. */
  readonly precision?: Precision;
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
 * A phase whose frozen layers reach as far keeps them by itself; this is for other uses, such as a nearest-neighbour search.
 *
 * @throws PrecisionError if bfloat16 is asked for and can't be had;
 * DataMismatchError where the data set gives other images than it says.
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
