import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../classifier/classifier';
import { type KeptFeatures, widthOf } from '../features/kept-features';
import {
  type BatchNormLayer,
  batchNormMode,
  isBatchNorm,
  setBatchNormMode,
} from '../freezing/batch-norm-mode';
import { nativeJpegDecoder } from '../images/native-jpeg-decoder';
import { isModel, leafLayers } from '../layers/leaf-layers';
import { batchTensor } from '../prediction/batch-tensor';
import { forward, numbersOf } from '../prediction/forward';
import type { ResolvedPhase } from './resolve-phase';

/** The number of training images that the statistics are computed from, if features aren't kept. */
const SAMPLE_IMAGES = 1024;

/** The number of rows of kept features that are read at a time. */
const CHUNK_ROWS = 256;

export interface StandardizeOptions {
  readonly options: ResolvedPhase;
  /** Whether the layer has its statistics already, because the run is resumed. */
  readonly known: boolean;
}

/**
 * Sets the mean and variance of the head's standardising layer to those of the training features, before the first step of
 * a phase that trains only the head. From then on the layer normalises by these statistics. The statistics of small
 * batches would be imprecise, and moving averages of them would lag behind for many epochs.
 *
 * Other heads, and phases that train more than the head, are left as they are. If features aren't kept, the statistics are
 * computed from up to about 1,024 training images, in the order of the first epoch.
 *
 * @param kept the features that are the head's input, one element per view; undefined if they aren't kept.
 */
export async function standardizeHead(
  classifier: Classifier,
  kept: readonly KeptFeatures[] | undefined,
  { options, known }: StandardizeOptions,
): Promise<void> {
  const norm = standardizingLayer(classifier);
  if (!norm) return;
  setBatchNormMode(norm, 'affine');
  if (known) return;
  const { mean, variance } = kept
    ? await momentsOf(chunksOf(kept), widthOf(kept[0].shape))
    : await momentsOf(sampled(classifier, options), Number(norm.movingMean.read().shape[0]));
  tf.tidy(() => {
    norm.movingMean.write(tf.tensor1d(mean));
    norm.movingVariance.write(tf.tensor1d(variance));
  });
}

/** The head's first layer, if it is a BatchNormalization without gamma and beta, and no layer before it learns. */
function standardizingLayer({ model, headLayers }: Classifier): BatchNormLayer | undefined {
  const layer = model.getLayer(headLayers[0]);
  if (!isBatchNorm(layer) || batchNormMode(layer) !== 'training') return undefined;
  const norm = layer as BatchNormLayer;
  const head = new Set(headLayers);
  const learns = leafLayers(model).some(
    ({ layer: other, path }) => !isModel(other) && !head.has(path) && other.trainableWeights.length > 0,
  );
  return norm.gamma || norm.beta || learns ? undefined : norm;
}

async function* chunksOf(views: readonly KeptFeatures[]): AsyncGenerator<Float32Array> {
  for (const features of views) {
    for (let start = 0; start < features.length; start += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, features.length - start);
      yield await features.take(Int32Array.from({ length: rows }, (_, i) => start + i));
    }
  }
}

async function* sampled(
  classifier: Classifier,
  { train, batchSize, seed, signal, precision }: ResolvedPhase,
): AsyncGenerator<Float32Array> {
  const network = await forward(
    classifier.featureModel(),
    SAMPLE_IMAGES,
    classifier.preprocessing,
    precision,
  );
  let images = 0;
  try {
    const decoder = nativeJpegDecoder();
    const options = { size: classifier.inputSize, batchSize, shuffle: true, seed, signal, decoder };
    for await (const batch of train.batches(options)) {
      yield await numbersOf(network, batchTensor(classifier, batch));
      images += batch.rows.length;
      if (images >= SAMPLE_IMAGES) return;
    }
  } finally {
    network.dispose();
  }
}

/** The mean and biased variance of each column, computed in float64 by Welford's method (1962). */
async function momentsOf(
  chunks: AsyncIterable<Float32Array>,
  width: number,
): Promise<{ readonly mean: Float32Array; readonly variance: Float32Array }> {
  const mean = new Float64Array(width);
  const squares = new Float64Array(width);
  let count = 0;
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += width) {
      count += 1;
      for (let column = 0; column < width; column++) {
        const value = chunk[start + column];
        const delta = value - mean[column];
        mean[column] += delta / count;
        squares[column] += delta * (value - mean[column]);
      }
    }
  }
  return { mean: Float32Array.from(mean), variance: Float32Array.from(squares, (sum) => sum / count) };
}
