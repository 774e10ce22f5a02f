import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { classifier, OptionError, phase } from '../../src';
import { bytes, LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

test.each([
  [{ learningrate: 0.1 }, /phase "head": expected options among name, epochs, .*; received "learningrate"/],
  [{ freezeFirst: 3 }, /received "freezeFirst"/],
  [{ loss: 'focal' }, /phase "head": expected loss to be a function; received "focal"/],
  [{ optimizer: 'adam' }, /expected optimizer to be a function; received "adam"/],
  [{ train: undefined, tran: 1 }, /received "tran"/],
])('a phase refuses %j before it computes anything', async (more, message) => {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  const before = bytes(model);
  const options = { name: 'head', train: tinyImages(4), epochs: 1, learningRate: 0.1, ...more };
  const run = phase(model, options as Parameters<typeof phase>[1]);
  await expect(run).rejects.toThrow(OptionError);
  await expect(run).rejects.toThrow(message);
  expect(bytes(model)).toEqual(before);
});
