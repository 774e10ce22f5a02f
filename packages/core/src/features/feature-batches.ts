import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Classifier } from '../classifier/classifier';
import { nativeJpegDecoder } from '../images/native-jpeg-decoder';
import type { LabelledImages, Labels } from '../labelled-images';
import { batchTensor } from '../prediction/batch-tensor';
import { checkRowCount, checkRowsInOrder } from '../prediction/check-rows';
import { forward, numbersOf } from '../prediction/forward';
import type { ResolvedPrecision } from '../run/precision';

/** The images to compute features of, and how. */
export interface FeatureBatchesOptions {
  readonly classifier: Classifier;
  readonly images: LabelledImages;
  readonly batchSize: number;
  readonly view: number;
  readonly seed: number;
  readonly precision: ResolvedPrecision;
  readonly signal?: AbortSignal;
}

/** The features and labels of a batch. */
export interface FeatureBatch {
  readonly features: Float32Array;
  /** The labels of the batch. For mixed images they differ from the data set's `y`. */
  readonly y: Labels;
  readonly known?: Uint8Array;
}

/**
 * Computes the features of every image in inference mode, batch by batch, in the data set's order.
 *
 * @param model preprocessed images → features.
 * @throws DataMismatchError if the batches' rows aren't in the data set's order, too few or too many.
 */
export async function* featureBatches(
  model: LayersModel,
  { classifier, images, batchSize, view, seed, precision, signal }: FeatureBatchesOptions,
): AsyncGenerator<FeatureBatch, void, undefined> {
  const size = classifier.inputSize;
  let done = 0;
  const network = await forward(model, images.length, classifier.preprocessing, precision);
  try {
    const decoder = nativeJpegDecoder();
    for await (const batch of images.batches({ size, batchSize, seed, epoch: view, signal, decoder })) {
      signal?.throwIfAborted();
      checkRowsInOrder(batch, done, images.length);
      const features = await numbersOf(network, batchTensor(classifier, batch));
      done += batch.rows.length;
      yield { features, y: batch.y, known: batch.known };
    }
  } finally {
    network.dispose();
  }
  checkRowCount(done, images.length);
}
