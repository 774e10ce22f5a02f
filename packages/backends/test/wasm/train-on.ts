import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type BestBackendOptions, useBestBackend } from '../../src/index';
import { seededTensor } from './seeded-tensor';

/** What five steps of plain `model.fit` make of a network on a backend: the loss, then the weights. */
export async function trainOn(
  options: BestBackendOptions,
  network: () => tfl.LayersModel,
): Promise<Float32Array[]> {
  await useBestBackend({ ...options, log: () => {} });
  const model = network();
  const [, height, width, channels] = model.inputs[0]!.shape as [null, number, number, number];
  const x = seededTensor([20, height, width, channels], 7);
  const y = tf.tidy(() => tf.cast(tf.greater(seededTensor([20, 3], 8), 0), 'float32'));
  model.compile({ optimizer: tf.train.momentum(0.05, 0.9), loss: 'binaryCrossentropy' });
  const { history } = await model.fit(x, y, { batchSize: 4, epochs: 1, shuffle: false, verbose: 0 });
  const weights = model.weights.map((weight) => weight.read().dataSync<'float32'>());
  tf.dispose([x, y]);
  model.dispose();
  return [Float32Array.from(history.loss as number[]), ...weights];
}

/** The largest difference between two trainings, relative to the largest number of each weight. */
export function largestDifference(
  actual: readonly Float32Array[],
  expected: readonly Float32Array[],
): number {
  const differences = expected.map((values, weight) => {
    const scale = Math.max(...values.map(Math.abs), 1e-3);
    return Math.max(...values.map((value, i) => Math.abs(value - actual[weight]![i]!))) / scale;
  });
  return Math.max(...differences);
}
