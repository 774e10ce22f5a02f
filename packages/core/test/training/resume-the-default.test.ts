import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Callback,
  classifier,
  earlyStopping,
  type FineTuneOptions,
  fineTune,
  progress,
  ResumeError,
  type Run,
  type RunHistory,
} from '../../src';
import { bytes, LABELS, tinyBackbone, tinyImages } from '../tiny';

const options = {
  train: tinyImages(24, 1),
  validation: tinyImages(16, 2),
  head: { epochs: 2 },
  thaw: { epochs: 2 },
} as const;
const tiny = () => classifier(tinyBackbone(), { labels: LABELS, dropout: 0.2 });
const quiet = () => progress({ log() {}, rewrite() {} });

let parent: string;
let out: string;
let whole: {
  readonly weights: Record<string, string>;
  readonly run: Run;
  readonly thresholds: readonly number[];
};
let wholeNotes: readonly string[];

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'thaw-default-'));
  const model = tiny();
  const run = await fineTune(model, { ...options, out: join(parent, 'whole') });
  whole = { weights: bytes(model), run, thresholds: model.thresholds };
  wholeNotes = historyOf(join(parent, 'whole')).notes;
});
beforeEach(() => {
  out = join(parent, 'run');
});
afterEach(() => {
  rmSync(out, { recursive: true, force: true });
  tf.disposeVariables();
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const historyOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'history.json'), 'utf8')) as RunHistory;

/** Starts the run, and interrupts it when an activity of a phase's epoch has had a batch. */
async function interrupted(
  [phase, epoch, activity]: readonly [string, number, string],
  more: Partial<FineTuneOptions> = {},
): Promise<Run> {
  const controller = new AbortController();
  const interrupt: Callback = {
    onBatchEnd(event) {
      if (event.phase === phase && event.epoch === epoch && event.activity === activity) controller.abort();
    },
  };
  const callbacks = [...(more.callbacks ?? []), interrupt];
  return fineTune(tiny(), { ...options, ...more, out, signal: controller.signal, callbacks });
}

async function resumed(more: Partial<FineTuneOptions> = {}) {
  const model = tiny();
  const run = await fineTune(model, { ...options, ...more, out, resume: true });
  return { weights: bytes(model), run, thresholds: model.thresholds };
}

describe('a default call that was interrupted ends as one that was not', () => {
  test.each([
    ['head', 0, 'features'],
    ['head', 0, 'train'],
    ['head', 1, 'validate'],
    ['thaw', 0, 'train'],
    ['thaw', 1, 'validate'],
  ] as const)('in phase %s, epoch %i: %s', async (...where) => {
    expect((await interrupted(where)).interrupted).toBe(true);
    const { weights, run, thresholds } = await resumed();
    expect(weights).toEqual(whole.weights);
    expect(thresholds).toEqual(whole.thresholds);
    expect(run.tuning).toEqual(whole.run.tuning);
    expect(historyOf(out).notes).toEqual(wholeNotes);
  });

  test('while calibration and thresholds are fitted', async () => {
    const controller = new AbortController();
    let isTuning = false;
    const validation = {
      ...options.validation,
      async *batches(asked: Parameters<typeof options.validation.batches>[0]) {
        if (isTuning) controller.abort();
        yield* options.validation.batches(asked);
      },
    };
    const watch: Callback = {
      onPhaseEnd({ name }) {
        isTuning = name === 'thaw';
      },
    };
    const { signal } = controller;
    const first = await fineTune(tiny(), { ...options, validation, out, signal, callbacks: [watch] });
    expect(first).toMatchObject({ interrupted: true });
    expect(first.tuning).toBeUndefined();
    expect(existsSync(join(out, 'model'))).toBe(false);
    const { weights, run } = await resumed();
    expect(run.interrupted).toBe(false);
    expect(weights).toEqual(whole.weights);
    expect(run.tuning).toEqual(whole.run.tuning);
  });

  test.each<[string, readonly Callback[], readonly Callback[]]>([
    ['more', [], [quiet(), { onNote() {} }]],
    ['fewer', [quiet(), { onNote() {} }], []],
  ])('with %s callbacks that remember nothing', async (_, before, after) => {
    await interrupted(['thaw', 1, 'train'], { callbacks: before });
    const { weights } = await resumed({ callbacks: after });
    expect(weights).toEqual(whole.weights);
    expect(historyOf(out).notes).toEqual(wholeNotes);
  });
});

describe('changed options are refused by name', () => {
  test.each<[string, Partial<FineTuneOptions>, RegExp]>([
    ['no early stopping', { earlyStopping: false }, /run earlyStopping is .*val_auc.*, and false here/],
    [
      'another patience',
      { earlyStopping: { patience: 1 } },
      /run earlyStopping is .*patience:30.*patience:1\b/,
    ],
    [
      'another fit',
      { tune: { calibration: 'temperature' } },
      /run tune is true, and \{calibration:temperature\}/,
    ],
    [
      'one more callback that remembers',
      { callbacks: [earlyStopping()] },
      /number of callbacks with a state is 3, and 4/,
    ],
    ['a rate', { thaw: { epochs: 2, learningRate: 1e-3 } }, /thaw learningRate is/],
  ])('%s', async (_, change, message) => {
    await interrupted(['head', 1, 'train']);
    await expect(resumed(change)).rejects.toThrow(ResumeError);
    await expect(resumed(change)).rejects.toThrow(message);
  });
});
