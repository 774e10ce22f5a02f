import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { adam, classifier, type FineTuneOptions, fineTune, OptionError, phase } from '../../src';
import { bytes, LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

test.each([
  [{ learningrate: 0.1 }, /phase "head": expected options among name, epochs, .*; received "learningrate"/],
  [{ freezeFirst: 3 }, /received "freezeFirst"/],
  [{ loss: 'focal' }, /phase "head": expected loss to be a function; received "focal"/],
  [{ optimizer: 'adam' }, /expected optimizer to be a function; received "adam"/],
  [{ train: undefined, tran: 1 }, /received "tran"/],
  [{ train: undefined }, /^phase: expected train to be an object; received undefined/],
  [{ name: undefined }, /^phase: expected name to be a text; received undefined/],
  [{ learningRateFactors: { head: 1 } }, /expected learningRateFactors to be a list of pairs/],
  [{ learningRateFactors: ['all', 0.1] }, /list of pairs.*; received all,0\.1/],
  [{ callbacks: {} }, /expected callbacks to be a list of objects/],
  [{ callbacks: [undefined] }, /expected callbacks to be a list of objects/],
  [{ metrics: ['auc'] }, /expected metrics to be an object of functions by name; received auc/],
  [{ signal: new AbortController() }, /expected signal to be an AbortSignal/],
  [{ way: 'grpah' }, /expected way to be 'graph' or 'plan' or 'tape'; received "grpah"/],
  [{ recompute: 'yes' }, /expected recompute to be true or false; received "yes"/],
  [{ seed: 'one' }, /expected seed to be a finite number; received "one"/],
  [{ history: {} }, /expected history to be a list/],
  [{ resume: 3 }, /expected resume to be a text; received 3/],
  [
    { featureCache: { maxByte: 1 } },
    /featureCache: expected options among maxBytes, folder; received "maxByte"/,
  ],
  [{ featureCache: true }, /featureCache: expected an object of options; received true/],
  [{ optimizer: () => undefined }, /expected a function that returns an optimizer.*; it returned undefined/],
  [
    { optimizer: ({ learningRate }: { learningRate: number }) => tf.train.sgd(learningRate) },
    /it returned an object without apply and dispose\. TensorFlow\.js' own optimizers can't be taken/,
  ],
])('a phase refuses %j before it computes anything', async (more, message) => {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  const before = bytes(model);
  const options = { name: 'head', train: tinyImages(4), epochs: 1, learningRate: 0.1, ...more };
  const run = phase(model, options as Parameters<typeof phase>[1]);
  await expect(run).rejects.toThrow(OptionError);
  await expect(run).rejects.toThrow(message);
  expect(bytes(model)).toEqual(before);
});

test.each([
  [{ thaw: { optimizer: adam() } }, /fineTune: thaw: expected optimizer to be a function/],
  [{ thaw: { optimizer: 'adam' } }, /fineTune: thaw: expected optimizer to be a function; received "adam"/],
  [{ thaw: { batchNorm: 'frosen' } }, /expected batchNorm to be 'frozen' or 'affine' or 'training'/],
  [{ thaw: { learningRateFactors: { all: 1 } } }, /expected learningRateFactors to be a list of pairs/],
  [{ callbacks: {} }, /fineTune: expected callbacks to be a list of objects/],
  [{ metrics: ['auc'] }, /fineTune: expected metrics to be an object of functions by name/],
])('fineTune refuses %j before it computes anything', async (more, message) => {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  const before = bytes(model);
  const run = fineTune(model, { train: tinyImages(4), ...more } as unknown as FineTuneOptions);
  await expect(run).rejects.toThrow(OptionError);
  await expect(run).rejects.toThrow(message);
  expect(bytes(model)).toEqual(before);
});
