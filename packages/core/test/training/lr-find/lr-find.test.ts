import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import {
  classifier,
  freeze,
  type LrFindOptions,
  lrFind,
  OptionError,
  SelectionError,
  sgd,
  trainableSummary,
} from '../../../src';
import { suggestRates } from '../../../src/training/lr-find/suggest-rates';
import fixture from '../../fixtures/lr-find.json';
import { bytes, LABELS, tensorCount, tinyBackbone, tinyImages } from '../../tiny';

afterEach(() => tf.disposeVariables());

const train = tinyImages(22);
const fresh = () => classifier(tinyBackbone(), { labels: LABELS });

test.each(fixture.cases)(
  `suggests the rates of fastai ${fixture.versions.fastai} for a curve of $steps steps`,
  ({ steps, rates, losses, valley, steep }) => {
    const ours = suggestRates(rates, losses, steps);
    expect(ours.valley! / valley).toBeCloseTo(1, 6);
    expect(ours.steep! / steep).toBeCloseTo(1, 6);
  },
);

test.each([
  ['rises', Array.from({ length: 30 }, (_, i) => i)],
  ['stays', new Array<number>(30).fill(1)],
  ['is too short', [3, 2, 1, 0, 0, 0, 0]],
  ['is empty', []],
])('suggests nothing if the loss %s', (_, losses) => {
  const rates = losses.map((_, i) => 10 ** (i - 20));
  expect(suggestRates(rates, losses, 30)).toEqual({});
});

test('raises the rate step by step, over epochs, and leaves the model as it was, byte for byte', async () => {
  const model = fresh();
  freeze(model, { stage: 'one' });
  const [before, state, tensors] = [bytes(model), trainableSummary(model).layers, tensorCount()];
  const found = await lrFind(model, { train, batchSize: 8, steps: 20, start: 1e-4, end: 1, loss: undefined });
  expect(found.rates[0]).toBe(1e-4);
  expect(found.rates.at(-1)).toBeCloseTo(1, 12);
  expect(found.rates[1] / found.rates[0]).toBeCloseTo(10 ** (4 / 19), 9);
  expect([found.rates, found.losses, found.smoothed].map(({ length }) => length)).toEqual([20, 20, 20]);
  expect(found.smoothed[0]).toBeCloseTo(found.losses[0], 12);
  expect(found.smoothed[1]).toBeCloseTo((0.98 * found.losses[0] + found.losses[1]) / 1.98, 6);
  expect(bytes(model)).toEqual(before);
  expect(trainableSummary(model).layers).toEqual(state);
  expect(tensorCount()).toBe(tensors);
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
});

test("with learning: 'head' only the head learns, and each layer is then as trainable as before", async () => {
  const model = fresh();
  const [before, state] = [bytes(model), trainableSummary(model).layers];
  const options = { train, steps: 25, start: 1e-3, end: 1 };
  const ofHead = await lrFind(model, { ...options, learning: 'head' });
  const ofAll = await lrFind(model, { ...options, learning: 'all' });
  expect(ofHead.losses).not.toEqual(ofAll.losses);
  expect(ofHead.suggestions.valley).toBeGreaterThan(1e-3);
  expect(bytes(model)).toEqual(before);
  expect(trainableSummary(model).layers).toEqual(state);
});

test.each<[string, Partial<LrFindOptions>]>([
  ['exceeds 4 times its least value', { end: 1e4 }],
  ['is not finite', { end: 1e38, stopAtDivergence: false }],
])('ends early, without an error, if the loss %s', async (_, options) => {
  const model = fresh();
  const before = bytes(model);
  const found = await lrFind(model, { train, steps: 40, start: 1e-3, optimizer: sgd, ...options });
  expect(found.diverged).toBe(true);
  expect(found.losses.length).toBeLessThan(40);
  expect(found.losses.every(Number.isFinite)).toBe(true);
  expect(bytes(model)).toEqual(before);
});

test('a selection that names nothing is refused, and each layer stays as trainable as it was', async () => {
  const model = fresh();
  freeze(model, { stage: 'one' });
  const before = trainableSummary(model).layers;
  await expect(lrFind(model, { train, learning: { stage: 'three' } })).rejects.toThrow(SelectionError);
  expect(trainableSummary(model).layers).toEqual(before);
});

test('an aborted search throws the reason, and the model is as it was', async () => {
  const model = fresh();
  const before = bytes(model);
  const stop = new AbortController();
  const search = lrFind(model, {
    train: {
      ...train,
      batches(options) {
        if (options.epoch === 3) stop.abort(new Error('enough'));
        return train.batches(options);
      },
    },
    signal: stop.signal,
    featureCache: false,
  });
  await expect(search).rejects.toThrow('enough');
  expect(bytes(model)).toEqual(before);
});

test.each<[object, string]>([
  [{ start: 1, end: 0.5 }, 'lrFind: expected end above start, 1; received 0.5.'],
  [{ start: 0 }, 'lrFind: expected start above 0; received 0.'],
  [{ steps: 5 }, 'lrFind: expected steps of 10 or more, a whole number; received 5.'],
  [{ epochs: 3 }, 'lrFind: expected options among train, batchSize'],
  [{ train: undefined }, 'lrFind: expected train to be an object; received undefined.'],
  [{ optimizer: 'sgd' }, 'lrFind: expected optimizer to be a function; received "sgd".'],
  [{ batchSize: 0 }, 'lrFind: expected batchSize of 1 or more, a whole number; received 0.'],
])('refuses %j, and leaves the model as it was', async (options, message) => {
  const model = fresh();
  const before = bytes(model);
  const search = lrFind(model, { train, ...options } as LrFindOptions);
  await expect(search).rejects.toThrow(OptionError);
  await expect(search).rejects.toThrow(message);
  expect(bytes(model)).toEqual(before);
});
