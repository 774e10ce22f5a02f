import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type BestBackendOptions, useBestBackend } from '../../src/index';
import { seededTensor } from './seeded-tensor';

/**
 * What fine-tuning by plain `model.fit` makes of a network on a backend, five steps of the head, then five of all but
 * the first layers: the losses of both phases, then the weights.
 */
export async function fineTuneOn(
  options: BestBackendOptions,
  network: () => tfl.LayersModel,
): Promise<Float32Array[]> {
  await useBestBackend({ ...options, log: () => {} });
  const model = network();
  const [, height, width, channels] = model.inputs[0].shape as [null, number, number, number];
  const x = seededTensor([20, height, width, channels], 7);
  const y = tf.tidy(() => tf.cast(tf.greater(seededTensor([20, 3], 8), 0), 'float32'));
  const losses: number[] = [];
  for (const firstTrained of [model.layers.length - 1, 4]) {
    for (const [i, layer] of model.layers.entries()) layer.trainable = i >= firstTrained;
    model.compile({ optimizer: tf.train.momentum(0.05, 0.9), loss: 'binaryCrossentropy' });
    const { history } = await model.fit(x, y, { batchSize: 4, epochs: 1, shuffle: false, verbose: 0 });
    losses.push(...(history.loss as number[]));
  }
  const weights = model.weights.map((weight) => weight.read().dataSync<'float32'>());
  tf.dispose([x, y]);
  model.dispose();
  return [Float32Array.from(losses), ...weights];
}

/** The largest difference between two trainings, relative to the largest number of each weight. */
export function largestDifference(
  actual: readonly Float32Array[],
  expected: readonly Float32Array[],
): number {
  const differences = expected.map((values, weight) => {
    const scale = Math.max(...values.map(Math.abs), 1e-3);
    return Math.max(...values.map((value, i) => Math.abs(value - actual[weight][i]))) / scale;
  });
  return Math.max(...differences);
}
