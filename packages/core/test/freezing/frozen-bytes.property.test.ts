import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { classifier, fineTune, freeze, unfreeze } from '../../src';
import { leafLayers } from '../../src/layers/leaf-layers';
import { phase } from '../../src/training/phase';
import { modelWeights } from '../../src/weights/model-weights';
import { bytes, changed, LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

const mode = fc.constantFrom('frozen', 'affine', 'training' as const);
const layers = leafLayers(classifier(tinyBackbone(), { labels: LABELS }).model).map(({ path }) => path);
const train = tinyImages(8);

test('whatever is frozen, by fineTune or by hand, keeps every byte; whatever learns has a weight that moves', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(layers), mode, fc.boolean(), async (frozen, batchNorm, byFit) => {
      const model = classifier(tinyBackbone(), { labels: LABELS });
      unfreeze(model, 'all', { batchNorm: batchNorm as 'affine' });
      freeze(model, (_, path) => frozen.includes(path));
      fc.pre(model.model.trainableWeights.length > 0);
      const before = bytes(model);
      if (byFit) {
        model.model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
        await model.model.fit(tf.randomNormal([8, 8, 8, 3]), tf.ones([8, 2]), { epochs: 1, verbose: 0 });
      } else {
        await phase(model, { name: 'any', train, epochs: 1, learningRate: 1e-2 });
      }
      const moved = new Set(changed(before, bytes(model)));
      const still = modelWeights(model.model).filter(({ layerPath }) => frozen.includes(layerPath));
      expect(still.filter(({ name }) => moved.has(name))).toEqual([]);
      const learning = model.model.trainableWeights.map(({ originalName }) => originalName);
      expect(learning.some((name) => moved.has(name))).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test('fineTune’s freezeFirst freezes just the first n layers, for every n', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: layers.length - 1 }), mode, async (freezeFirst, batchNorm) => {
      const model = classifier(tinyBackbone(), { labels: LABELS });
      const before = bytes(model);
      const thaw = { epochs: 1, learningRate: 1e-2, freezeFirst, batchNorm: batchNorm as 'affine' };
      await fineTune(model, { train, head: false, thaw });
      const first = layers.slice(0, freezeFirst);
      const moved = new Set(changed(before, bytes(model)));
      const broken = modelWeights(model.model).filter(
        ({ name, layerPath }) => moved.has(name) && first.includes(layerPath),
      );
      expect(broken).toEqual([]);
      expect(moved.has('predictions/kernel')).toBe(true);
    }),
    { numRuns: 15 },
  );
});
