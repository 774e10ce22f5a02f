import { model } from '@tensorflow/tfjs-layers';
import { makeFolder } from '@thawjs/files/make-folder';
import { writeFile } from '@thawjs/files/write-file';
import type { Classifier } from '../classifier/classifier';
import { FeatureShardError, OptionError } from '../errors';
import type { LabelledImages } from '../labelled-images';
import {
  ANY,
  checkOptions,
  FUNCTION,
  OBJECT,
  type OptionRule,
  SIGNAL,
  TEXT,
  WHOLE_FROM_0,
  WHOLE_FROM_1,
} from '../options/check-options';
import { nodeModules } from '../platform/node';
import { type Precision, resolvePrecision } from '../run/precision';
import { featureBatches } from './feature-batches';
import { featureKey } from './feature-key';
import {
  checkShard,
  type FeatureShard,
  imagesOfShard,
  parseShard,
  shardBytes,
  shardFileName,
} from './feature-shard';
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
  /**
   * One part of a job, for job arrays: the images number `index`, `index + count`, …. The result has these images alone. Needs
   * a data set with `select`, as those of `@thawjs/datasets`.
   */
  readonly shard?: FeatureShard;
  /**
   * Node only: a folder that gets the shard as a safetensors file, whole or not at all. A shard that is there is read, and not
   * computed again. `loadFeatures` joins the shards.
   */
  readonly out?: string;
  readonly onBatch?: () => void | Promise<void>;
  readonly signal?: AbortSignal;
}

const RULES = {
  batchSize: WHOLE_FROM_1,
  view: WHOLE_FROM_0,
  seed: ANY,
  precision: ANY,
  shard: OBJECT,
  out: TEXT,
  onBatch: FUNCTION,
  signal: SIGNAL,
} satisfies Record<keyof ExtractFeaturesOptions, OptionRule>;

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
 * @throws OptionError if an option is misspelt or outside its range; FeatureShardError if `out` has this shard of another job;
 * PrecisionError if `'bfloat16'` isn't available; DataMismatchError if the data set's batches don't match its
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
  options: ExtractFeaturesOptions = {},
): Promise<Features> {
  checkOptions('extractFeatures', options, RULES);
  const { shard = { index: 0, count: 1 }, out, ...others } = options;
  checkShard(shard);
  if (out === undefined) return computed(classifier, imagesOfShard(images, shard), others);
  const node = nodeModules();
  if (!node) throw new OptionError('extractFeatures: expected Node beside out; a browser has no folders.');
  const { view = 0, seed = 0 } = others;
  const { inputs, outputs } = classifier.featureModel();
  const key = await featureKey({
    // Without a name of its own, each model would get another one.
    prefix: model({ inputs, outputs, name: 'features' }),
    preprocessing: classifier.preprocessing,
    size: classifier.inputSize,
    images,
    view,
    seed,
    type: resolvePrecision('extractFeatures', others.precision).type,
  });
  const file = node.path.join(out, shardFileName(shard));
  const there = await node.fs.promises.readFile(file).catch(() => undefined);
  if (there) {
    const { data, shape, key: own } = parseShard(there, file);
    if (own === key) return { data, shape };
    throw new FeatureShardError(
      `extractFeatures: expected shards of this job alone in ${out}; ${file} is of another model, data set or backend. ` +
        'Give out another folder, or remove that one.',
    );
  }
  await writing(out, () => makeFolder(node, out));
  const part = imagesOfShard(images, shard);
  const { data, shape } = await computed(classifier, part, others);
  const bytes = shardBytes({ key, shard, images: images.length, ids: part.ids, data, shape });
  await writing(out, () => writeFile(node, file, bytes));
  return { data, shape };
}

/** @throws FeatureShardError instead of errors of the file system */
async function writing(out: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (cause) {
    throw new FeatureShardError(
      `extractFeatures: expected to write into ${out}; ${(cause as Error).message}. Free space, or choose another folder.`,
      { cause },
    );
  }
}

async function computed(
  classifier: Classifier,
  images: LabelledImages,
  { batchSize = 32, view = 0, seed = 0, precision, onBatch, signal }: ExtractFeaturesOptions,
): Promise<Features> {
  const network = classifier.featureModel();
  const shape = network.outputs[0].shape.slice(1).map(Number);
  const data = new Float32Array(images.length * widthOf(shape));
  // More parts than images: some have none.
  if (images.length === 0) return { data, shape };
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
  for await (const { features } of featureBatches(network, options)) {
    data.set(features, done);
    done += features.length;
    await onBatch?.();
    signal?.throwIfAborted();
  }
  return { data, shape };
}
