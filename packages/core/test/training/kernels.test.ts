import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, expect, test } from 'vitest';
import { classifier, fineTune, KernelMissingError } from '../../src';
import { bytes, changed, LABELS, tinyBackbone, tinyImages } from '../tiny';

const options = {
  train: tinyImages(16),
  head: { epochs: 1, learningRate: 0.01 },
  thaw: { epochs: 2, learningRate: 1e-3, freezeFirst: 3 },
};

afterEach(() => tf.disposeVariables());

test('wasm fine-tunes convolutions, with the kernels of @thawjs/backends', async () => {
  await useBestBackend({ prefer: ['wasm'], log: () => {} });
  const model = classifier(tinyBackbone(), { labels: LABELS });
  const before = bytes(model);
  const { history } = await fineTune(model, options);
  expect(history.map(({ loss }) => Number.isFinite(loss))).toEqual([true, true, true]);
  expect(changed(before, bytes(model))).toContain('two_conv/kernel');
});

test('without them the phase is refused before its first step, and says how to get them', async () => {
  await useBestBackend({ prefer: ['wasm'], log: () => {} });
  const kernel = tf.getKernel('Conv2DBackpropFilter', 'wasm');
  tf.unregisterKernel('Conv2DBackpropFilter', 'wasm');
  try {
    const model = classifier(tinyBackbone(), { labels: LABELS });
    const run = fineTune(model, { ...options, head: false });
    await expect(run).rejects.toThrow(KernelMissingError);
    await expect(run).rejects.toThrow(
      'phase "thaw" trains layer "two_conv", which needs Conv2DBackpropFilter, and backend "wasm" lacks it. ' +
        'Call useBestBackend(), or import "@thawjs/backends/wasm".',
    );
  } finally {
    tf.registerKernel(kernel);
  }
});
