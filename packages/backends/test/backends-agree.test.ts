// Registers tfjs' gradients, which tfjs-core by itself does not.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BackendName, useBestBackend } from '../src/index';
import { findNative } from '../src/native/find-native';
import { seededTensor } from './wasm/seeded-tensor';

// Whether there is a native backend depends on the machine; `pnpm test` sets it up first.
const NAMES: BackendName[] = 'addon' in findNative() ? ['native', 'wasm', 'cpu'] : ['wasm', 'cpu'];

const WEIGHTS: Record<string, number[]> = {
  stem: [7, 7, 3, 4],
  first: [1, 1, 4, 4],
  second: [3, 3, 4, 4],
  down: [3, 3, 4, 4],
  shortcut: [1, 1, 4, 8],
  depthwise: [3, 3, 8, 1],
  gamma: [4],
  beta: [4],
  dense: [8, 3],
  bias: [3],
};

/** A ResNet in small, in plain ops: everything that ResNet50's and the face network's fine-tuning differentiates. */
function loss(x: tf.Tensor4D, w: Record<string, tf.Tensor>): tf.Scalar {
  const filter = (name: string) => w[name] as tf.Tensor4D;
  const norm = (t: tf.Tensor4D) =>
    tf.batchNorm(
      t,
      [0.1, -0.2, 0, 0.3],
      [1, 0.5, 2, 0.7],
      w.beta as tf.Tensor1D,
      w.gamma as tf.Tensor1D,
      1e-3,
    );
  const padded = tf.pad(x, [
    [0, 0],
    [3, 3],
    [3, 3],
    [0, 0],
  ]) as tf.Tensor4D;
  const stem = tf.relu(norm(tf.conv2d(padded, filter('stem'), 2, 'valid')));
  const pooled = tf.maxPool(
    tf.pad(stem, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]) as tf.Tensor4D,
    3,
    2,
    'valid',
  );
  const branch = tf.conv2d(
    tf.relu(tf.conv2d(pooled, filter('first'), 1, 'valid')),
    filter('second'),
    1,
    'same',
  );
  const joined = tf.relu(tf.add(branch, pooled)) as tf.Tensor4D;
  // The face network's way down: average pooling, and zeros for the new channels.
  const down = tf.conv2d(joined, filter('down'), 2, 'same');
  const narrow = tf.avgPool(joined, 2, 2, 'same');
  const wide = tf.concat([tf.add(down, narrow) as tf.Tensor4D, tf.zerosLike(narrow)], 3);
  const summed = tf.add(wide, tf.conv2d(joined, filter('shortcut'), 2, 'same')) as tf.Tensor4D;
  const last = tf.relu6(tf.depthwiseConv2d(summed, filter('depthwise'), 1, 'same'));
  const logits = tf.add(tf.matMul(tf.mean(last, [1, 2]) as tf.Tensor2D, w.dense as tf.Tensor2D), w.bias);
  const scores = tf.sigmoid(logits);
  const y = tf.tensor2d([1, 0, 1, 0, 0, 1], [2, 3]);
  const likelihood = tf.add(tf.mul(y, tf.log(scores)), tf.mul(tf.sub(1, y), tf.log(tf.sub(1, scores))));
  return tf.neg(tf.mean(likelihood)) as tf.Scalar;
}

async function gradientsOn(backend: BackendName): Promise<Record<string, Float32Array>> {
  await useBestBackend({ prefer: [backend], log: () => {} });
  const initial = Object.values(WEIGHTS).map((shape, seed) => seededTensor(shape, seed + 1));
  const variables = Object.keys(WEIGHTS).map((name, i) =>
    tf.variable(initial[i], true, `${backend}/${name}`),
  );
  const byName = Object.fromEntries(Object.keys(WEIGHTS).map((name, i) => [name, variables[i]]));
  const x = seededTensor([2, 33, 33, 3], 99) as tf.Tensor4D;
  const { value, grads } = tf.variableGrads(() => loss(x, byName), variables);
  const numbers: Record<string, Float32Array> = { loss: value.dataSync() as Float32Array };
  for (const name of Object.keys(WEIGHTS))
    numbers[name] = grads[`${backend}/${name}`].dataSync() as Float32Array;
  tf.dispose([value, grads, x, variables, initial]);
  return numbers;
}

describe(`the gradients of a small ResNet on ${NAMES.join(', ')}`, () => {
  let reference: Record<string, Float32Array>;
  beforeAll(async () => {
    reference = await gradientsOn('cpu');
  });

  it.each(NAMES.filter((name) => name !== 'cpu'))('are the same with %s as with cpu', async (backend) => {
    const actual = await gradientsOn(backend);
    for (const [name, expected] of Object.entries(reference)) {
      const scale = Math.max(...expected.map(Math.abs));
      const worst = Math.max(...expected.map((value, i) => Math.abs(value - actual[name][i])));
      expect(worst, name).toBeLessThan(1e-5 * Math.max(scale, 1e-2));
      expect(scale, name).toBeGreaterThan(0);
    }
  });

  it.each(NAMES)('leave nothing behind with %s', async (backend) => {
    await gradientsOn(backend);
    const before = tf.memory().numTensors;
    await gradientsOn(backend);
    expect(tf.memory().numTensors).toBe(before);
  });
});
