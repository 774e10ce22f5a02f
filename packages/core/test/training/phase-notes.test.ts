import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { classifier, constant, cosine, freeze, type PhaseOptions, phase, sgd, unfreeze } from '../../src';
import { bytes, changed, LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

/** The notes of a phase of the head on 16 images, two steps per epoch, and the weights that changed. */
async function notesOf(options: Partial<PhaseOptions>) {
  const model = classifier(tinyBackbone(), { labels: LABELS, standardize: false });
  freeze(model);
  unfreeze(model, /predictions/);
  const before = bytes(model);
  const notes: string[] = [];
  const callbacks = [{ onNote: (text: string) => void notes.push(text) }];
  const base = { name: 'head', train: tinyImages(16), epochs: 1, batchSize: 8, learningRate: 0.1 };
  await phase(model, { ...base, ...options, callbacks });
  return { notes, learned: changed(before, bytes(model)) };
}

const accumulating =
  (gradientAccumulationSteps: number) =>
  ({ learningRate }: { learningRate: number }) =>
    sgd({ learningRate, gradientAccumulationSteps });

test.each<[string, Partial<PhaseOptions>, RegExp]>([
  [
    'more accumulated steps than the phase has',
    { optimizer: accumulating(3) },
    /gradientAccumulationSteps is 3, more than the steps of the phase, 2\./,
  ],
  [
    'a warm-up over all of one step',
    { batchSize: 16, learningRate: cosine(0.1, { warmup: 0.1 }) },
    /the schedule's rate is 0 at all steps of the phase \(1\)/,
  ],
  [
    'a warm-up and an end at 0 over two steps',
    { learningRate: cosine(0.1, { warmup: 0.1 }) },
    /rate is 0 at all steps of the phase \(2\)/,
  ],
])('a phase that can learn nothing says so: %s', async (_, options, message) => {
  const { notes, learned } = await notesOf(options);
  expect(learned).toEqual([]);
  expect(notes).toEqual([expect.stringMatching(message)]);
});

test.each<[string, Partial<PhaseOptions>]>([
  ['as many accumulated steps as the phase has', { optimizer: accumulating(2) }],
  ['a cosine without a warm-up over one step', { batchSize: 16, learningRate: cosine(0.1) }],
  ['a warm-up that starts above 0', { learningRate: constant(0.1, { warmup: 0.5, start: 0.01 }) }],
  ['an exact fit in the only epoch', { headStart: 'logistic-regression' }],
])('a phase that learns has no such note: %s', async (_, options) => {
  const { notes, learned } = await notesOf(options);
  expect(learned.length).toBeGreaterThan(0);
  expect(notes.filter((note) => /no weight learns/.test(note))).toEqual([]);
});

test('stochastic depth without a residual block that learns is named', async () => {
  const { notes } = await notesOf({ stochasticDepth: 0.2 });
  expect(notes).toEqual([expect.stringMatching(/^stochasticDepth has no effect: .* no residual block/)]);
});
