import * as tf from '@tensorflow/tfjs-core';
import { DataMismatchError } from '../errors';
import { nativeJpegDecoder } from '../images/native-jpeg-decoder';
import type { LabelledBatch, LabelledImages } from '../labelled-images';
import type { ResolvedPrecision } from '../run/precision';
import { batchTensor } from './batch-tensor';
import { checkRowCount, checkRowsInOrder } from './check-rows';
import type { PredictableParts, Predictor } from './classifier-parts';
import { type Forward, type ForwardOutput, forward, numbersOf } from './forward';
import { inputSize } from './input-size';
import type { View } from './views';

/** The part of a data set that prediction needs, which has no labels. */
export type PredictableImages = Pick<LabelledImages, 'length' | 'batches'>;

/** Options for running images through a network. */
export interface NetworkOutputsOptions {
  readonly output: ForwardOutput;
  readonly batchSize: number;
  readonly precision: ResolvedPrecision;
  /** If there are several views of each image, the logits are averaged over them. */
  readonly views: readonly View[];
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The network's output for every image, `[images, labels]`, row-major, in the data set's order; of an ensemble, the mean of its
 * members' calibrated logits.
 */
export async function networkOutputs(
  predictor: Predictor,
  images: PredictableImages | tf.Tensor4D,
  options: NetworkOutputsOptions,
): Promise<Float32Array> {
  if (!('members' in predictor)) return outputsOfOne(predictor, images, options);
  const { members, shares, labels } = predictor;
  const means: Float64Array[] = [];
  for (const [i, member] of members.entries()) {
    const { onProgress } = options;
    const own = await outputsOfOne(member, images, {
      ...options,
      onProgress: (done, total) => onProgress?.(i * total + done, members.length * total),
    });
    const { slopes, intercepts } = member.calibration ?? { slopes: [], intercepts: [] };
    const mean = (means[0] ??= new Float64Array(own.length));
    for (const [at, logit] of own.entries()) {
      const label = at % labels.length;
      mean[at] += shares[i] * ((slopes[label] ?? 1) * logit + (intercepts[label] ?? 0));
    }
  }
  return Float32Array.from(means[0]);
}

async function outputsOfOne(
  classifier: PredictableParts,
  images: PredictableImages | tf.Tensor4D,
  { output, batchSize, precision, views, onProgress, signal }: NetworkOutputsOptions,
): Promise<Float32Array> {
  if (images instanceof tf.Tensor) checkPixels(classifier, images);
  else if (typeof images?.batches !== 'function') {
    throw new DataMismatchError(
      'predict: expected a data set with length and batches, or a tensor of pixels; received neither. For image files, ' +
        'paths and elements of a page there is classify.',
    );
  }
  const total = images instanceof tf.Tensor ? images.shape[0] : images.length;
  const columns = classifier.labels.length;
  const data = new Float32Array(total * columns);
  let done = 0;
  const add = (scores: Float32Array) => {
    data.set(scores, done * columns);
    done += scores.length / columns;
    onProgress?.(done, total);
    signal?.throwIfAborted();
  };
  signal?.throwIfAborted();
  const network = await forward(classifier.model, total, classifier.preprocessing, precision, output);
  try {
    if (images instanceof tf.Tensor && views.length === 1) {
      for (let start = 0; start < total; start += batchSize) {
        const count = Math.min(batchSize, total - start);
        const part = () => tf.cast(tf.slice4d(images, [start, 0, 0, 0], [count, -1, -1, -1]), 'float32');
        add(await numbersOf(network, tf.tidy(part)));
      }
    } else {
      const batches = images instanceof tf.Tensor ? tensorBatches(images) : images;
      const size = inputSize(classifier.model);
      const decoder = nativeJpegDecoder();
      for await (const batch of batches.batches({ size, batchSize, signal, decoder })) {
        checkRowsInOrder(batch, done, total);
        add(await meanOverViews(classifier, network, batch, views));
      }
    }
  } finally {
    network.dispose();
  }
  checkRowCount(done, total);
  return data;
}

async function meanOverViews(
  classifier: PredictableParts,
  network: Forward,
  batch: LabelledBatch,
  views: readonly View[],
): Promise<Float32Array> {
  // The only view is the whole image, whose pixels needn't be read.
  if (views.length === 1) return numbersOf(network, batchTensor(classifier, batch));
  const outputs: Float32Array[] = [];
  for (const view of views) {
    outputs.push(await numbersOf(network, batchTensor(classifier, { ...batch, pixels: view(batch) })));
  }
  return outputs[0].map((_, at) => outputs.reduce((sum, own) => sum + own[at], 0) / outputs.length);
}

/** Pixels of a tensor as batches, whose views can be made. */
function tensorBatches(images: tf.Tensor4D): PredictableImages {
  const [total, ...size] = images.shape;
  return {
    length: total,
    async *batches({ batchSize }) {
      for (let start = 0; start < total; start += batchSize) {
        const count = Math.min(batchSize, total - start);
        const part = tf.slice4d(images, [start, 0, 0, 0], [count, -1, -1, -1]);
        const pixels = Float32Array.from(await part.data());
        part.dispose();
        const rows = Int32Array.from({ length: count }, (_, i) => start + i);
        yield { rows, pixels, shape: [count, ...size], y: new Uint8Array() };
      }
    },
  };
}

/** Checks the shape of pixels. A program would also run images of another size, but its output would be meaningless. */
function checkPixels(
  { model, preprocessing }: Pick<PredictableParts, 'model' | 'preprocessing'>,
  { shape }: tf.Tensor,
): void {
  // null stands for a size that the network leaves open.
  const expected = [...model.inputs[0].shape.slice(1, 3), preprocessing.mean.length];
  const fits = shape.length === 4 && expected.every((size, i) => size === null || size === shape[i + 1]);
  if (fits) return;
  throw new DataMismatchError(
    `predict: expected pixels of shape [images, ${expected.map((size) => size ?? 'any').join(', ')}], the input of ` +
      `"${model.name}"; received [${shape.join(', ')}].`,
  );
}
