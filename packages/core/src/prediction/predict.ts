import * as tf from '@tensorflow/tfjs-core';
import type { ClassifierParts } from '../classifier/classifier-parts';
import { inputSize } from '../classifier/input-size';
import { DataMismatchError } from '../errors';
import type { LabelledImages } from '../labelled-images';
import { ANY, checkOptions, FUNCTION, type OptionRule, WHOLE_FROM_1 } from '../options/check-options';
import { type Precision, resolvePrecision } from '../run/precision';
import type { MetricMatrix } from '../training/metric';
import { batchTensor } from './batch-tensor';
import { forward, numbersOf } from './forward';

/** Options of `predict`. */
export interface PredictOptions {
  /** Images per batch; default 32. */
  readonly batchSize?: number;
  /** The type of number to compute with; default `'float32'`. `'auto'` takes bfloat16 for 64 or more images, if available. */
  readonly precision?: Precision;
  /** Called after each batch with the number of images that are done, of `total`. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the prediction: the signal's reason is thrown. */
  readonly signal?: AbortSignal;
}

/** The rules of `PredictOptions`. `resolvePrecision` checks the precision. */
export const predictRules: Readonly<Record<keyof PredictOptions, OptionRule>> = {
  batchSize: WHOLE_FROM_1,
  precision: ANY,
  onProgress: FUNCTION,
  signal: ANY,
};

/**
 * Computes the probability of every label for every image, `[images, labels]`, row-major, in the data set's order.
 *
 * @param images a data set, or a tensor of pixels `[images, height, width, 3]`, RGB, 0–255, of the network's size.
 * @throws OptionError if an option is misspelt or out of range; PrecisionError if `'bfloat16'` isn't available;
 * DataMismatchError if images don't have the network's input shape.
 */
export async function predict(
  classifier: Pick<ClassifierParts, 'model' | 'preprocessing' | 'labels'>,
  images: LabelledImages | tf.Tensor4D,
  options: PredictOptions = {},
): Promise<MetricMatrix<Float32Array>> {
  checkOptions('predict', options, predictRules);
  const { batchSize = 32, precision, onProgress, signal } = options;
  if (images instanceof tf.Tensor) checkPixels(classifier, images);
  const resolved = resolvePrecision('predict', precision);
  const total = images instanceof tf.Tensor ? images.shape[0] : images.length;
  const columns = classifier.labels.length;
  const data = new Float32Array(total * columns);
  let done = 0;
  const add = async (pixels: tf.Tensor4D) => {
    const scores = await numbersOf(network, pixels);
    data.set(scores, done * columns);
    done += scores.length / columns;
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

/** Checks the shape of pixels. A program would also run images of another size, but its output would be meaningless. */
function checkPixels(
  { model, preprocessing }: Pick<ClassifierParts, 'model' | 'preprocessing'>,
  { shape }: tf.Tensor,
): void {
  const expected = [...inputSize(model), preprocessing.mean.length];
  // 0 stands for a size that the network leaves open.
  const fits = shape.length === 4 && expected.every((size, i) => size === 0 || size === shape[i + 1]);
  if (fits) return;
  throw new DataMismatchError(
    `predict: expected pixels of shape [images, ${expected.map((size) => size || 'any').join(', ')}], the input of ` +
      `"${model.name}"; received [${shape.join(', ')}].`,
  );
}
