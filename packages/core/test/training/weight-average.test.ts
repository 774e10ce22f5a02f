import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type Callback,
  type Classifier,
  classifier,
  OptionError,
  type PhaseOptions,
  phase,
  preprocess,
  sgd,
  unfreeze,
  type WeightAverage,
} from '../../src';
import { averageShare } from '../../src/training/weight-average';
import { bytes, changed, LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

const train = tinyImages(16);
const fresh = () => classifier(tinyBackbone(), { labels: LABELS, standardize: false, dropout: 0 });
const kernelOf = ({ model }: Classifier) => model.getLayer('predictions').weights[0].read();

/** The kernel of the head after each update, in a run of 4 epochs of 2 steps. */
async function kernels(options: Partial<PhaseOptions> = {}) {
  const model = fresh();
  const seen: number[][] = [[...kernelOf(model).dataSync()]];
  const watch: Callback = {
    async onBatchEnd({ activity }) {
      if (activity === 'train') seen.push([...(await kernelOf(model).data())]);
    },
  };
  await phase(model, {
    name: 'thaw',
    train,
    epochs: 4,
    batchSize: 8,
    learningRate: 0.5,
    optimizer: sgd,
    callbacks: [watch],
    ...options,
  });
  return { seen, last: [...kernelOf(model).dataSync()], model };
}

describe.each<BackendName>(['cpu', 'native'])('on %s', (backend) => {
  beforeAll(async () => {
    await useBestBackend({ prefer: [backend], log: () => {} });
  });

  test.each<[string, WeightAverage, (weights: number[]) => number]>([
    ['a number is the momentum of a moving average', 0.8, (w) => w.reduce((a, x) => 0.8 * a + 0.2 * x)],
    ["so is 'ema'", { kind: 'ema', momentum: 0.5 }, (w) => w.reduce((a, x) => 0.5 * a + 0.5 * x)],
    [
      "'swa' is the mean of the weights from a share of the updates on",
      { kind: 'swa', from: 0.5 },
      (w) => w.slice(-4).reduce((a, x) => a + x / 4, 0),
    ],
    ["'swa' begins at three quarters", { kind: 'swa' }, (w) => (w[7] + w[8]) / 2],
    [
      "'swa' from 0 is the mean over all updates",
      { kind: 'swa', from: 0 },
      (w) => w.slice(1).reduce((a, x) => a + x / 8, 0),
    ],
  ])('%s', async (_, weightAverage, expected) => {
    const { seen } = await kernels();
    expect(seen).toHaveLength(9);
    const { last } = await kernels({ weightAverage });
    for (const [i, value] of last.entries()) {
      expect(value).toBeCloseTo(expected(seen.map((kernel) => kernel[i])), 5);
    }
  });

  test("'auto' is a moving average over a tenth of the updates, whose first ones count equally", async () => {
    const { seen } = await kernels({ epochs: 20 });
    const { last } = await kernels({ epochs: 20, weightAverage: 'auto' });
    for (const [i, value] of last.entries()) {
      const [, first, second, third, ...later] = seen.map((kernel) => kernel[i]);
      const early = (first + second + third) / 3;
      const expected = later.reduce((average, weight) => 0.75 * average + 0.25 * weight, early);
      expect(value).toBeCloseTo(expected, 5);
    }
  });

  test.each<[string, WeightAverage]>([
    ['false', false],
    ["'auto' over fewer than 20 updates", 'auto'],
  ])('nothing is averaged by %s', async (_, weightAverage) => {
    expect((await kernels({ weightAverage })).seen).toEqual((await kernels()).seen);
  });

  test("before 'swa' begins, the model holds the weights themselves", async () => {
    const { seen } = await kernels();
    const averaged = await kernels({ weightAverage: { kind: 'swa' } });
    expect(averaged.seen.slice(0, 7)).toEqual(seen.slice(0, 7));
  });

  test("statistics of BatchNormalization in mode 'training' are those of the averaged weights, and only they", async () => {
    const run = async (batchNorm: 'training' | 'affine') => {
      const model = fresh();
      unfreeze(model, 'all', { batchNorm });
      const before = bytes(model);
      const count = tensorCount();
      await phase(model, {
        name: 'thaw',
        train,
        epochs: 2,
        batchSize: 16,
        learningRate: 0.5,
        optimizer: sgd,
        weightAverage: { kind: 'swa', from: 0 },
      });
      expect(tensorCount()).toBe(count);
      return { model, moved: changed(before, bytes(model)).filter((name) => /moving/.test(name)) };
    };
    expect((await run('affine')).moved).toEqual([]);
    const { model, moved } = await run('training');
    expect(moved).toHaveLength(4);
    // One batch has all images: the statistics of the first layer are those of its input.
    for await (const { pixels, shape } of train.batches({ size: [8, 8], batchSize: 16 })) {
      tf.tidy(() => {
        const x = preprocess(tf.tensor4d(pixels, [...shape]), model.preprocessing);
        const y = model.model.getLayer('one_conv').apply(x) as tf.Tensor;
        const { mean } = tf.moments(y, [0, 1, 2]);
        const [, , own] = model.model.getLayer('one_bn').weights.map((weight) => weight.read());
        for (const [i, value] of mean.dataSync().entries()) expect(own.dataSync()[i]).toBeCloseTo(value, 4);
      });
    }
  });
});

test('with accumulated gradients, updates are averaged, not steps', async () => {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
  const optimizer = (o: { learningRate: number }) => sgd({ ...o, gradientAccumulationSteps: 2 });
  const { seen } = await kernels({ optimizer });
  const { last } = await kernels({ optimizer, weightAverage: { kind: 'swa', from: 0 } });
  const updates = [2, 4, 6, 8].map((step) => seen[step]);
  for (const [i, value] of last.entries()) {
    expect(value).toBeCloseTo(
      updates.reduce((sum, kernel) => sum + kernel[i] / 4, 0),
      5,
    );
  }
});

test("'auto' is left out if the steps can't average, and a note says so; a momentum is refused", async () => {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
  const notes: string[] = [];
  const callbacks: Callback[] = [{ onNote: (text) => void notes.push(text) }];
  const optimizer = (options: { learningRate: number }) => ({ ...sgd(options), rule: undefined });
  const run = (weightAverage: WeightAverage) => kernels({ optimizer, callbacks, weightAverage });
  await run('auto');
  expect(notes).toContain('weights are not averaged, as averages need steps that are a program.');
  await expect(run(0.9)).rejects.toThrow(/^weightAverage: expected steps that can be a program/);
});

test.each<[unknown, string]>([
  [1, 'phase "thaw": expected weightAverage above 0 and below 1; received 1.'],
  ['swa', 'phase "thaw": expected weightAverage above 0 and below 1; received "swa".'],
  [{ kind: 'sma' }, `weightAverage: expected kind to be 'ema' or 'swa'; received "sma".`],
  [{ kind: 'ema' }, 'weightAverage: expected momentum above 0 and below 1; received undefined.'],
  [{ kind: 'swa', from: 1 }, 'weightAverage: expected from from 0 to below 1; received 1.'],
  [{ kind: 'swa', start: 0.5 }, 'weightAverage: expected options among kind, from; received "start".'],
])('refuses %j', (weightAverage, message) => {
  expect(() => averageShare('phase "thaw"', weightAverage as WeightAverage)).toThrow(OptionError);
  expect(() => averageShare('phase "thaw"', weightAverage as WeightAverage)).toThrow(message);
});
