import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  adamW,
  type Callback,
  type Classifier,
  checkpoint,
  classifier,
  cosine,
  earlyStopping,
  type FineTuneOptions,
  fineTune,
  focalLoss,
  type HistoryRow,
  ResumeError,
  sgd,
} from '../../src';
import { modelWeights } from '../../src/weights/model-weights';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

const train = tinyImages(22, 1);
const validation = tinyImages(6, 2);
const STEPS = 3;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-resume-'));
});
afterEach(async () => {
  tf.disposeVariables();
  await rm(folder, { recursive: true, force: true });
});

const fresh = () => classifier(tinyBackbone(), { labels: LABELS, dropout: 0.3 });

const OPTIONS: FineTuneOptions = {
  train,
  validation,
  batchSize: 8,
  seed: 5,
  head: { epochs: 2, learningRate: (progress) => 0.05 * (1 - progress / 2) },
  thaw: { epochs: 3, learningRate: 0.01, freezeFirst: 2 },
};

function bytesOf(model: Classifier): Record<string, string> {
  return Object.fromEntries(
    modelWeights(model.model).map(({ name, variable }) => [
      name,
      Buffer.from((variable.dataSync() as Float32Array).slice().buffer).toString('hex'),
    ]),
  );
}

const withoutTime = (history: readonly HistoryRow[]) => history.map(({ seconds, ...row }) => row);

class Killed extends Error {}

/** Ends a run after so many safe points, as a kill would: nothing of what a phase does at its end may help. */
function killAfter(points: number): Callback & { readonly seen: () => number } {
  let seen = 0;
  return {
    seen: () => seen,
    onSafePoint() {
      seen += 1;
      if (seen === points) throw new Killed();
    },
  };
}

async function whole(options: Partial<FineTuneOptions> = {}) {
  const model = fresh();
  const counted = killAfter(Number.POSITIVE_INFINITY);
  const { history } = await fineTune(model, {
    ...OPTIONS,
    ...options,
    callbacks: [earlyStopping({ monitor: 'val_loss', patience: 2 }), counted],
  });
  return { bytes: bytesOf(model), history: withoutTime(history), points: counted.seen() };
}

async function resumed(options: Partial<FineTuneOptions>, kills: readonly number[]) {
  const callbacks = () => [
    earlyStopping({ monitor: 'val_loss', patience: 2 }),
    checkpoint(folder, { everySteps: 1 }),
  ];
  for (const kill of kills) {
    const run = fineTune(fresh(), {
      ...OPTIONS,
      ...options,
      resume: folder,
      callbacks: [...callbacks(), killAfter(kill)],
    });
    await run.catch((error) => {
      if (!(error instanceof Killed)) throw error;
    });
    tf.disposeVariables();
  }
  const model = fresh();
  const { history } = await fineTune(model, {
    ...OPTIONS,
    ...options,
    resume: folder,
    callbacks: callbacks(),
  });
  return { bytes: bytesOf(model), history: withoutTime(history) };
}

const recipes: Record<string, Partial<FineTuneOptions>> = {
  'Adam, with kept features': {},
  'momentum, without kept features': {
    featureCache: false,
    head: { epochs: 2, learningRate: 0.05, optimizer: (o) => sgd({ ...o, momentum: 0.9 }) },
    thaw: { epochs: 2, learningRate: 0.01, optimizer: (o) => sgd({ ...o, momentum: 0.9, nesterov: true }) },
  },
  'AdamW accumulating, with averaged weights and moving statistics': {
    head: { epochs: 2, learningRate: 0.05, weightAverage: 0.8 },
    loss: focalLoss({ positiveWeights: 'balanced', labelSmoothing: 0.1 }),
    thaw: {
      epochs: 2,
      learningRate: cosine(0.01, { warmup: 0.2 }),
      layerDecay: 0.7,
      stochasticDepth: 0.3,
      batchNorm: 'training',
      weightAverage: { kind: 'swa', from: 0.4 },
      optimizer: (o) => adamW({ ...o, gradientAccumulationSteps: 2, globalClipnorm: 0.5 }),
    },
  },
};

// In the head phase, in the middle of an epoch; at an epoch's end; in the thaw phase; several times in one run.
const KILLS: readonly (readonly number[])[] = [[2], [2 * (STEPS + 1) + 2], [1, STEPS, STEPS + 1]];

describe.each<[BackendName, readonly (readonly number[])[]]>([
  ['native', KILLS],
  ['wasm', KILLS.slice(-1)],
  ['cpu', KILLS.slice(-1)],
])('a run that was killed and resumed on %s', (backend, kills) => {
  beforeAll(async () => {
    await useBestBackend({ prefer: [backend], log: () => {} });
  });

  test.each(Object.entries(recipes))(
    'ends with the bytes and the history of one that was not: %s',
    async (_, options) => {
      const expected = await whole(options);
      expect(expected.points).toBeGreaterThan(4 * STEPS);
      for (const points of kills) {
        expect(await resumed(options, points)).toEqual({ bytes: expected.bytes, history: expected.history });
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});

describe('resume', () => {
  beforeAll(async () => {
    await useBestBackend({ prefer: ['cpu'], log: () => {} });
  });

  const checkpointed = (options: Partial<FineTuneOptions> = {}, model = fresh()) =>
    fineTune(model, { ...OPTIONS, callbacks: [checkpoint(folder)], resume: folder, ...options });

  test('starts from the beginning where the folder has no state, or is not there', async () => {
    await rm(folder, { recursive: true, force: true });
    const { history } = await checkpointed();
    expect(history).toHaveLength(5);
    expect(await readdir(folder)).toContain('training-state.thaw');
  });

  test('a run that is done is done', async () => {
    const first = fresh();
    const { history } = await checkpointed({}, first);
    const again = fresh();
    const trained: string[] = [];
    const watch: Callback = { onBatchEnd: ({ activity }) => void trained.push(activity) };
    const run = await checkpointed({ callbacks: [checkpoint(folder), watch] }, again);
    expect(withoutTime(run.history)).toEqual(withoutTime(history));
    expect(trained).not.toContain('train');
    expect(bytesOf(again)).toEqual(bytesOf(first));
  });

  test.each<[string, Partial<FineTuneOptions>, RegExp]>([
    ['other data', { train: tinyImages(22, 9) }, /its train labels is .* here/],
    ['more data', { train: tinyImages(30, 1) }, /its train is 22 images, and 30 images here/],
    [
      'another rate',
      { thaw: { ...(OPTIONS.thaw as object), epochs: 3, learningRate: 0.02 } },
      /thaw learningRate is 0.01, and 0.02 here/,
    ],
    ['another batch size', { batchSize: 4 }, /run batchSize is 8, and 4 here/],
    ['another seed', { seed: 6 }, /run seed is 5, and 6 here/],
    ['a phase less', { head: false }, /head epochs is 2, and absent here/],
  ])('refuses %s by name', async (_, change, message) => {
    await checkpointed();
    await expect(checkpointed(change)).rejects.toThrow(ResumeError);
    await expect(checkpointed(change)).rejects.toThrow(message);
  });

  test('refuses another model by the name of its weight', async () => {
    await checkpointed();
    const other = fresh();
    const { variable, name } = modelWeights(other.model)[0];
    tf.tidy(() => variable.assign(tf.add(variable, 1)));
    await expect(checkpointed({}, other)).rejects.toThrow(`weight ${name}`);
  });

  test('refuses a damaged file, whichever byte it is', async () => {
    await checkpointed();
    const file = join(folder, 'training-state.thaw');
    const bytes = await readFile(file);
    for (const at of [0, 9, 100, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const damaged = Buffer.from(bytes);
      damaged[at] ^= 1;
      await writeFile(file, damaged);
      await expect(checkpointed()).rejects.toThrow(/whole training state/);
    }
    await writeFile(file, bytes.subarray(0, 20));
    await expect(checkpointed()).rejects.toThrow(ResumeError);
  });

  test('never lets a worse model replace the saved one', async () => {
    const best: number[] = [];
    const saves = (model: Classifier) => ({
      classifier: model,
      history: [],
      learningRate: 0.1,
      stop() {},
      note: async () => {},
    });
    const row = (val_loss: number) => ({
      phase: 'head',
      epoch: 0,
      learningRate: 0.1,
      seconds: 1,
      loss: 1,
      val_loss,
    });
    const model = fresh();
    const original = model.save.bind(model);
    model.save = async (target) => {
      best.push(1);
      return original(target);
    };
    const first = checkpoint(folder);
    await first.onEpochEnd!(row(0.46), saves(model));
    const second = checkpoint(folder);
    await second.restore!((await first.state!()) as never);
    await second.onEpochEnd!(row(5.33), saves(model));
    expect(best).toHaveLength(1);
  });
});
