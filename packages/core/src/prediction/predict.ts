import * as tf from '@tensorflow/tfjs-core';
import type { ClassifierParts } from '../classifier/classifier-parts';
import { inputSize } from '../classifier/input-size';
import { DataMismatchError, OptionError } from '../errors';
import type { LabelledImages } from '../labelled-images';
import { type Precision, resolvePrecision } from '../run/precision';
import type { MetricMatrix } from '../training/metric';
import { batchTensor } from './batch-tensor';
import { forward } from './forward';

/** Options of `predict`. */
export interface PredictOptions {
  /** Images a pass; default 32. */
  readonly batchSize?: number;
  /** Default `'float32'`. `'auto'` takes bfloat16 from 64 images on, if it is there. */
  readonly precision?: Precision;
  /** Called after each batch. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the prediction with the signal's reason as the error. */
  readonly signal?: AbortSignal;
}

/**
 * The probability of every label for every image, `[images, labels]`, in the data set's order.
 *
 * @param images a data set, or a tensor of pixels `[images, height, width, 3]`, RGB, 0–255, of the network's size.
 * @throws OptionError; PrecisionError if bfloat16 is asked for and can't be had; DataMismatchError where a batch isn't
 * of the network's size.
 */
export async function predict(
  classifier: Pick<ClassifierParts, 'model' | 'preprocessing' | 'labels'>,
  images: LabelledImages | tf.Tensor4D,
  { batchSize = 32, precision, onProgress, signal }: PredictOptions = {},
): Promise<MetricMatrix<Float32Array>> {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new OptionError(`predict: expected batchSize of 1 or more; received ${batchSize}.`);
  }
  if (images instanceof tf.Tensor) checkPixels(classifier, images);
  const resolved = resolvePrecision('predict', precision);
  const total = images instanceof tf.Tensor ? images.shape[0] : images.length;
  const columns = classifier.labels.length;
  const data = new Float32Array(total * columns);
  let done = 0;
  const add = async (pixels: tf.Tensor4D) => {
    const scores = await network.run(pixels);
    pixels.dispose();
    data.set(await scores.data(), done * columns);
    done += scores.shape[0];
    scores.dispose();
    onProgress?.(done, total);
    signal?.throwIfAborted();
  };
  signal?.throwIfAborted();
  const network = await forward(classifier.model, total, classifier.preprocessing, resolved);
  try {
    if (images instanceof tf.Tensor) {
      for (let start = 0; start < total; start += batchSize) {
        const count = Math.min(batchSize, total - start);
        await add(
          tf.tidy(() => tf.cast(tf.slice4d(images, [start, 0, 0, 0], [count, -1, -1, -1]), 'float32')),
        );
      }
    } else {
      const size = inputSize(classifier.model);
      for await (const batch of images.batches({ size, batchSize, signal })) {
        await add(batchTensor(classifier, batch));
      }
    }
  } finally {
    network.dispose();
  }
  return { data, shape: [total, columns] };
}

/** A program would take images of another size: convolutions and pooling don't mind, and the numbers would mean nothing. */
function checkPixels(
  { model, preprocessing }: Pick<ClassifierParts, 'model' | 'preprocessing'>,
  { shape }: tf.Tensor,
): void {
  const expected = [...inputSize(model), preprocessing.mean.length];
  // A network of any size has 0 for it.
  const fits = shape.length === 4 && expected.every((size, i) => size === 0 || size === shape[i + 1]);
  if (fits) return;
  throw new DataMismatchError(
    `predict: expected pixels of shape [images, ${expected.map((size) => size || 'any').join(', ')}], the input of ` +
      `"${model.name}"; received [${shape.join(', ')}].`,
  );
}
