import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import {
  type Callback,
  checkpoint,
  classifier,
  cosine,
  OptionError,
  type PhaseOptions,
  phase,
  type ReduceOnPlateauOptions,
  reduceOnPlateau,
  sgd,
} from '../../../src';
import keras from '../../fixtures/plateau.json';
import { LABELS, tinyBackbone, tinyImages } from '../../tiny';

afterEach(() => tf.disposeVariables());

const fresh = () => classifier(tinyBackbone(), { labels: LABELS });

/** A phase of an epoch per value, in which the metric `planned` has these values. */
function planned(values: readonly number[]): PhaseOptions {
  let epoch = 0;
  return {
    name: 'head',
    train: tinyImages(4),
    epochs: values.length,
    learningRate: 0.1,
    optimizer: sgd,
    metrics: { planned: () => values[epoch++] },
  };
}

async function ratesOf(options: PhaseOptions): Promise<number[]> {
  const { history } = await phase(fresh(), options);
  return history.map(({ learningRate }) => learningRate);
}

test.each(keras.cases)(
  `sets the rates of Keras ${keras.versions.keras}'s ReduceLROnPlateau with $options, mode $mode`,
  async ({ options, mode, values, rates }) => {
    const callback = reduceOnPlateau({
      ...(options as ReduceOnPlateauOptions),
      monitor: 'planned',
      mode: mode as 'min' | 'max',
    });
    const ours = await ratesOf({ ...planned(values), callbacks: [callback] });
    for (const [epoch, rate] of ours.entries())
      expect(rate / rates[epoch], `epoch ${epoch}`).toBeCloseTo(1, 5);
  },
);

test('multiplies the later rates of a schedule, says so, and begins each phase with the full rate', async () => {
  const notes: string[] = [];
  const callbacks: Callback[] = [
    reduceOnPlateau({ monitor: 'planned', factor: 0.5, patience: 1 }),
    { onNote: (text) => void notes.push(text) },
  ];
  const schedule = cosine(0.1, { end: 0.05 });
  const options = { callbacks, learningRate: schedule };
  const scheduled = [0, 0.5, 1].map(schedule);
  expect(await ratesOf({ ...planned([1, 1, 1]), ...options })).toEqual([
    scheduled[0],
    scheduled[1],
    expect.closeTo(scheduled[2] / 2, 12),
  ]);
  expect(notes).toEqual([
    'reduceOnPlateau: the learning rate is 0.0375 instead of 0.075 from epoch 2 on.',
    'reduceOnPlateau: the learning rate is 0.0125 instead of 0.025 from epoch 3 on.',
  ]);
  expect(await ratesOf({ ...planned([1, 1, 1]), ...options })).toEqual([
    scheduled[0],
    scheduled[1],
    expect.closeTo(scheduled[2] / 2, 12),
  ]);
});

test('keeps its counts and the reduced rate over a resume', async () => {
  const values = [1, 0.9, 0.9, 0.9, 0.95, 0.9, 0.8, 0.9, 0.9];
  const plateau = () => reduceOnPlateau({ monitor: 'planned', factor: 0.5, patience: 2, cooldown: 1 });
  const whole = await ratesOf({ ...planned(values), callbacks: [plateau()] });
  expect(new Set(whole).size).toBeGreaterThan(1);
  for (const kill of [1, 4, 6]) {
    const folder = await mkdtemp(join(tmpdir(), 'thaw-plateau-'));
    const killed: Callback = {
      onEpochEnd: ({ epoch }) => {
        if (epoch === kill) throw new Error('killed');
      },
    };
    const run = (own: readonly number[], more: readonly Callback[]) =>
      ratesOf({
        ...planned(own),
        epochs: values.length,
        resume: folder,
        callbacks: [plateau(), checkpoint(folder, { monitor: 'planned' }), ...more],
      });
    await expect(run(values, [killed])).rejects.toThrow('killed');
    expect(await run(values.slice(kill), []), `killed in epoch ${kill}`).toEqual(whole);
    await rm(folder, { recursive: true });
  }
});

test.each<[object, string]>([
  [{ factor: 1 }, 'reduceOnPlateau: expected factor above 0 and below 1; received 1.'],
  [{ patience: 0 }, 'reduceOnPlateau: expected patience of 1 or more, a whole number; received 0.'],
  [{ min_lr: 0 }, 'minDelta, factor, patience, cooldown, minLearningRate; received "min_lr".'],
  [{ mode: 'low' }, `expected mode to be 'auto' or 'min' or 'max'; received "low".`],
])('refuses %j', (options, message) => {
  expect(() => reduceOnPlateau(options)).toThrow(OptionError);
  expect(() => reduceOnPlateau(options)).toThrow(message);
});
