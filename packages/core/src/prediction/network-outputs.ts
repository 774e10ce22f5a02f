import * as tf from '@tensorflow/tfjs-core';
import { DataMismatchError } from '../errors';
import type { LabelledImages } from '../labelled-images';
import type { ResolvedPrecision } from '../run/precision';
import { batchTensor } from './batch-tensor';
import type { ClassifierParts } from './classifier-parts';
import { type ForwardOutput, forward, numbersOf } from './forward';
import { inputSize } from './input-size';

/** What prediction asks of a data set: no labels. */
export type PredictableImages = Pick<LabelledImages, 'length' | 'batches'>;

/** What images are run through a network with. */
export interface NetworkOutputsOptions {
  readonly output: ForwardOutput;
  readonly batchSize: number;
  readonly precision: ResolvedPrecision;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The network's output for every image, `[images, labels]`, row-major, in the data set's order. */
export async function networkOutputs(
  classifier: Pick<ClassifierParts, 'model' | 'preprocessing' | 'labels'>,
  images: PredictableImages | tf.Tensor4D,
  { output, batchSize, precision, onProgress, signal }: NetworkOutputsOptions,
): Promise<Float32Array> {
  if (images instanceof tf.Tensor) checkPixels(classifier, images);
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
  const network = await forward(classifier.model, total, classifier.preprocessing, precision, output);
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
  return data;
}

/** Checks the shape of pixels. A program would also run images of another size, but its output would be meaningless. */
function checkPixels(
  { model, preprocessing }: Pick<ClassifierParts, 'model' | 'preprocessing'>,
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
