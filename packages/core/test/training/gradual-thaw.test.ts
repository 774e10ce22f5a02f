import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import {
  type Callback,
  type Classifier,
  classifier,
  cosine,
  type FineTuneOptions,
  fineTune,
  OptionError,
  type ThawOptions,
  trainableSummary,
} from '../../src';
import { bytes, LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

const fresh = (stages = tinyBackbone().stages) =>
  classifier({ ...tinyBackbone(), stages }, { labels: LABELS });
const SINGLE = ['one_conv', 'one_bn', 'two_conv', 'two_bn'].map((name) => ({ name, layers: [name] }));

const options = (thaw: Partial<ThawOptions>): FineTuneOptions => ({
  train: tinyImages(16),
  batchSize: 8,
  head: { epochs: 1, learningRate: 0.1 },
  thaw: { epochs: 2, learningRate: 0.01, ...thaw },
});

/** The layers with weights that learn, at the beginning of each phase. */
async function learning(model: Classifier, given: FineTuneOptions) {
  const seen: Record<string, string[]> = {};
  const watch: Callback = {
    onPhaseBegin: ({ name }) => {
      seen[name] = trainableSummary(model)
        .layers.filter(({ state, path }) => state !== 'frozen' && /conv|_bn|predictions/.test(path))
        .map(({ path }) => path);
    },
  };
  const run = await fineTune(model, { ...given, callbacks: [watch] });
  return { seen, run };
}

test('thaws a stage at a time from the head down, each in a phase of its own', async () => {
  const { seen, run } = await learning(fresh(SINGLE), options({ gradually: true }));
  expect(seen).toEqual({
    head: ['predictions'],
    'thaw-1': ['two_bn', 'predictions'],
    'thaw-2': ['two_conv', 'two_bn', 'predictions'],
    'thaw-3': ['one_bn', 'two_conv', 'two_bn', 'predictions'],
    thaw: ['one_conv', 'one_bn', 'two_conv', 'two_bn', 'predictions'],
  });
  expect(run.history.map(({ phase }) => phase)).toEqual([
    'head',
    'thaw-1',
    'thaw-2',
    'thaw-3',
    'thaw',
    'thaw',
  ]);
  expect(run.history.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(run.recipe.phases.map(({ name, epochs, frozen }) => [name, epochs, frozen.length])).toEqual([
    ['head', 1, 4],
    ['thaw-1', 1, 3],
    ['thaw-2', 1, 2],
    ['thaw-3', 1, 1],
    ['thaw', 2, 0],
  ]);
});

test('takes epochs, a schedule that begins anew in each phase, and a number of stages', async () => {
  const schedule = cosine(0.02, { end: 0.01 });
  const gradually = { epochs: 2, learningRate: schedule, stages: 2 };
  const { run } = await learning(fresh(SINGLE), options({ gradually }));
  const rates = run.history
    .filter(({ phase }) => /-/.test(phase))
    .map(({ phase, learningRate }) => [phase, learningRate]);
  const ends = [schedule(1 / 3), schedule(1)];
  expect(rates).toEqual([
    ['thaw-1', ends[0]],
    ['thaw-1', ends[1]],
    ['thaw-2', ends[0]],
    ['thaw-2', ends[1]],
  ]);
});

test('layers that are to stay frozen never learn, and count for no phase', async () => {
  const { seen } = await learning(fresh(), options({ gradually: true, freeze: { stage: 'one' } }));
  expect(Object.keys(seen)).toEqual(['head', 'thaw']);
  const { seen: some } = await learning(fresh(SINGLE), options({ gradually: true, freeze: /^one/ }));
  expect(some).toMatchObject({
    'thaw-1': ['two_bn', 'predictions'],
    thaw: ['two_conv', 'two_bn', 'predictions'],
  });
});

test('a run that was killed in any phase is resumed to the same bytes', async () => {
  const given = options({ gradually: { epochs: 1 } });
  const whole = fresh(SINGLE);
  const { history } = await fineTune(whole, given);
  const folder = await mkdtemp(join(tmpdir(), 'thaw-gradual-'));
  for (const kill of ['thaw-1', 'thaw-3', 'thaw']) {
    const out = join(folder, kill);
    const killed: Callback = {
      onBatchEnd: ({ phase, activity, batch }) => {
        if (phase === kill && activity === 'train' && batch === 2) throw new Error('killed');
      },
    };
    const run = fineTune(fresh(SINGLE), { ...given, out, callbacks: [killed] });
    await expect(run).rejects.toThrow('killed');
    const model = fresh(SINGLE);
    const resumed = await fineTune(model, { ...given, out, resume: true, callbacks: [{}] });
    expect(bytes(model)).toEqual(bytes(whole));
    const withoutTime = (rows: typeof history) => rows.map(({ seconds, ...row }) => row);
    expect(withoutTime(resumed.history)).toEqual(withoutTime(history));
  }
  await rm(folder, { recursive: true });
});

test.each<[unknown, string]>([
  [false, 'fineTune: thaw: expected gradually to be true, or an object of options; received false.'],
  [{ epochs: 0 }, 'thaw.gradually: expected epochs of 1 or more, a whole number; received 0.'],
  [{ stage: 2 }, 'thaw.gradually: expected options among epochs, learningRate, stages; received "stage".'],
])('refuses gradually: %j', async (gradually, message) => {
  const run = fineTune(fresh(), options({ gradually: gradually as never }));
  await expect(run).rejects.toThrow(OptionError);
  await expect(run).rejects.toThrow(message);
});

test('refuses a backbone without stages', async () => {
  await expect(fineTune(fresh([]), options({ gradually: true }))).rejects.toThrow(/a backbone with stages/);
});
