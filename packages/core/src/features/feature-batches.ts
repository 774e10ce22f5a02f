import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Classifier } from '../classifier/classifier';
import { DataMismatchError } from '../errors';
import type { LabelledImages, Labels } from '../labelled-images';
import { batchTensor } from '../prediction/batch-tensor';
import { forward } from '../prediction/forward';
import type { ResolvedPrecision } from '../run/precision';

/** Which images the features are of, and how they are gone through. */
export interface FeatureBatchesOptions {
  readonly classifier: Classifier;
  readonly images: LabelledImages;
  readonly batchSize: number;
  readonly view: number;
  readonly seed: number;
  readonly precision: ResolvedPrecision;
  readonly signal?: AbortSignal;
}

/** The features of some images, and their labels. */
export interface FeatureBatch {
  readonly features: Float32Array;
  /** As the data set gave them: of mixed images they aren't those of its `y`. */
  readonly y: Labels;
  readonly known?: Uint8Array;
}

/**
 * The features of every image, in the data set's order, batch by batch: the model in inference mode.
 *
 * @param model preprocessed images → features.
 * @throws DataMismatchError where the data set gives other rows than it says.
 */
export async function* featureBatches(
  model: LayersModel,
  { classifier, images, batchSize, view, seed, precision, signal }: FeatureBatchesOptions,
): AsyncGenerator<FeatureBatch, void, undefined> {
  const size = classifier.inputSize;
  let done = 0;
  const network = await forward(model, images.length, classifier.preprocessing, precision);
  try {
    for await (const batch of images.batches({ size, batchSize, seed, epoch: view, signal })) {
      signal?.throwIfAborted();
      const wrong = batch.rows.findIndex((row, i) => row !== done + i);
      if (wrong >= 0) {
        throw new DataMismatchError(
          `batches: expected rows in the data set's order without shuffle; row ${done + wrong} came as ${batch.rows[wrong]}.`,
        );
      }
      const x = batchTensor(classifier, batch);
      const features = await network.run(x);
      const values = await features.data<'float32'>();
      tf.dispose([x, features]);
      done += batch.rows.length;
      yield { features: values, y: batch.y, known: batch.known };
    }
  } finally {
    network.dispose();
  }
  if (done !== images.length) {
    throw new DataMismatchError(
      `batches: expected ${images.length} images, the data set's length; received ${done}.`,
    );
  }
}
