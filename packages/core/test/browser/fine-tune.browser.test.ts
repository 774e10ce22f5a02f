import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { classifier, fineTune, load } from '../../src';
import { bytes, changed, LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

const train = tinyImages(96, 1);
const validation = tinyImages(64, 2);
const options = {
  train,
  validation,
  batchSize: 16,
  head: { epochs: 3, learningRate: 0.05 },
  thaw: { epochs: 2, learningRate: 1e-3, freezeFirst: 3 },
};

describe('in a browser, on wasm', () => {
  beforeAll(async () => {
    const { name } = await useBestBackend({ prefer: ['wasm'], wasmPath: '/', log: () => {} });
    expect(name).toBe('wasm');
  });
  afterEach(() => tf.disposeVariables());

  test('fineTune trains the head, then the thawed layers, and leaves every frozen byte alone', async () => {
    const model = classifier(tinyBackbone(), { labels: LABELS });
    const before = bytes(model);
    const { history } = await fineTune(model, options);
    expect(history.map(({ phase, epoch }) => `${phase} ${epoch}`)).toEqual([
      'head 0',
      'head 1',
      'head 2',
      'thaw 3',
      'thaw 4',
    ]);
    expect(history[4].val_loss).toBeLessThan(history[0].val_loss);
    expect(history[4].val_auc).toBeGreaterThan(0.9);
    const moved = changed(before, bytes(model));
    expect(moved.filter((name) => name.startsWith('one_'))).toEqual([]);
    expect(moved).toContain('two_conv/kernel');
  });

  test('a second fineTune leaves as many tensors as the first', async () => {
    const model = classifier(tinyBackbone(), { labels: LABELS });
    await fineTune(model, options);
    const after = tensorCount();
    await fineTune(model, options);
    expect(tensorCount()).toBe(after);
  });

  describe('a model', () => {
    afterAll(async () => {
      await tf.io.removeModel('indexeddb://faces');
    });

    test('goes into IndexedDB and comes back with its weights, its thresholds and its predictions', async () => {
      const model = classifier(tinyBackbone(), { labels: LABELS });
      model.thresholds = [0.3, 0.7];
      await fineTune(model, options);
      await model.save('indexeddb://faces');
      const loaded = await load('indexeddb://faces');
      expect(Object.values(bytes(loaded))).toEqual(Object.values(bytes(model)));
      expect(loaded.labels).toEqual(LABELS);
      expect(loaded.thresholds).toEqual([0.3, 0.7]);
      const [expected, actual] = [await model.predict(validation), await loaded.predict(validation)];
      expect(actual.data).toEqual(expected.data);
    });
  });
});
