import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test } from 'vitest';
import {
  adam,
  binaryCrossentropy,
  type Callback,
  classifier,
  DataMismatchError,
  DivergedError,
  earlyStopping,
  type FineTuneOptions,
  fineTune,
  type HistoryRow,
  OptionError,
  progress,
  SelectionError,
} from '../../src';
import { bytes, changed, LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

const train = tinyImages(96, 1);
const validation = tinyImages(64, 2);
const options: FineTuneOptions = {
  train,
  validation,
  batchSize: 16,
  head: { epochs: 3, learningRate: 0.05 },
  thaw: { epochs: 2, learningRate: 1e-3, freezeFirst: 3 },
};

const tiny = (dropout = 0) => classifier(tinyBackbone(), { labels: LABELS, dropout });

afterEach(() => tf.disposeVariables());

describe('fineTune', () => {
  test('takes back a calibration that was fitted to other weights, with its thresholds, and no others', async () => {
    const model = tiny();
    const short: FineTuneOptions = { train, head: { epochs: 1, learningRate: 0.01 }, thaw: false };
    model.thresholds = [0.3, 0.6];
    await fineTune(model, short);
    expect(model.thresholds).toEqual([0.3, 0.6]);
    model.calibration = { slopes: [2, 2], intercepts: [1, 1] };
    await fineTune(model, short);
    expect(model.calibration).toBeUndefined();
    expect(model.thresholds).toEqual([0.5, 0.5]);
  });

  test('trains the head, then the thawed layers, and both get better', async () => {
    const model = tiny();
    const { history, seconds, interrupted } = await fineTune(model, options);
    expect(history.map(({ phase, epoch }) => `${phase} ${epoch}`)).toEqual([
      'head 0',
      'head 1',
      'head 2',
      'thaw 3',
      'thaw 4',
    ]);
    expect(Object.keys(history[0])).toEqual([
      'phase',
      'epoch',
      'learningRate',
      'seconds',
      'loss',
      'auc',
      'precision',
      'recall',
      'val_loss',
      'val_auc',
      'val_precision',
      'val_recall',
    ]);
    expect(history[2].val_loss).toBeLessThan(history[0].val_loss);
    expect(history[4].val_loss).toBeLessThan(history[2].val_loss);
    expect(history[4].val_auc).toBeGreaterThan(0.9);
    expect(Object.keys(seconds)).toEqual(['head', 'thaw']);
    expect(interrupted).toBe(false);
  });

  test('leaves every byte of the frozen layers alone, BatchNorm’s statistics included', async () => {
    const model = tiny();
    const atStart = bytes(model);
    let afterHead = atStart;
    const look: Callback = {
      onPhaseEnd: ({ name }) => {
        if (name === 'head') afterHead = bytes(model);
      },
    };
    await fineTune(model, { ...options, callbacks: [look] });
    expect(changed(atStart, afterHead)).toEqual([
      'head_norm/moving_mean',
      'head_norm/moving_variance',
      'predictions/kernel',
      'predictions/bias',
    ]);
    expect(changed(afterHead, bytes(model))).toEqual([
      'two_conv/kernel',
      'two_conv/bias',
      'two_bn/gamma',
      'two_bn/beta',
      'predictions/kernel',
      'predictions/bias',
    ]);
  });

  test('moves the thawed statistics in training mode, and never the frozen ones', async () => {
    const model = tiny();
    const before = bytes(model);
    const thaw = { epochs: 1, learningRate: 1e-3, freezeFirst: 3, batchNorm: 'training' } as const;
    await fineTune(model, { ...options, head: false, thaw });
    const moved = changed(before, bytes(model));
    expect(moved).toContain('two_bn/moving_mean');
    expect(moved.filter((name) => name.startsWith('one_'))).toEqual([]);
  });

  test('gives the same run for the same seed, dropout included, and another for another', async () => {
    const run = async (seed: number) => {
      const model = tiny(0.3);
      const { history } = await fineTune(model, { ...options, seed });
      return { weights: bytes(model), losses: history.map(({ loss }) => loss) };
    };
    const first = await run(4);
    expect(await run(4)).toEqual(first);
    expect((await run(5)).losses).not.toEqual(first.losses);
  });

  test('drops other features in each step (a seeded Dropout of tfjs-layers drops the same)', async () => {
    const model = classifier(tinyBackbone(), { labels: LABELS, dropout: 0.5 });
    const losses: number[] = [];
    const still = { apply: () => {}, dispose: () => {}, learningRate: 1 };
    await fineTune(model, {
      ...options,
      head: { epochs: 3, learningRate: 1, optimizer: () => still, batchSize: 96 },
      thaw: false,
      callbacks: [{ onEpochEnd: ({ loss }) => void losses.push(loss) }],
    });
    expect(new Set(losses).size).toBe(3);
    expect(model.model.getLayer('head_dropout').getConfig().seed).toBeUndefined();
  });

  test('has as many tensors after each later epoch as after the first', async () => {
    const model = tiny(0.2);
    for (const batchNorm of ['affine', 'training'] as const) {
      const counts: number[] = [];
      await fineTune(model, {
        ...options,
        thaw: { epochs: 4, learningRate: 1e-3, batchNorm },
        callbacks: [{ onEpochEnd: ({ phase }) => void (phase === 'thaw' && counts.push(tensorCount())) }],
      });
      expect(new Set(counts).size).toBe(1);
    }
  });

  test('leaves no tensor behind', async () => {
    const model = tiny();
    const before = tensorCount();
    await fineTune(model, { ...options, callbacks: [earlyStopping()] });
    expect(tensorCount()).toBe(before);
  });

  test('takes a schedule of learning rates, which Adam follows', async () => {
    const { history } = await fineTune(tiny(), {
      ...options,
      head: { epochs: 3, learningRate: (progress) => 0.1 / 10 ** Math.min(2, Math.floor(progress * 3)) },
      thaw: false,
    });
    expect(history.map(({ learningRate }) => Number(learningRate.toFixed(6)))).toEqual([0.1, 0.01, 0.001]);
  });

  test('weighs positives label by label (classWeight takes the argmax of a multi-hot row)', async () => {
    const model = tiny();
    const score = async (positiveWeights: number[]) => {
      const weighted = classifier(tinyBackbone(), { labels: LABELS, dropout: 0 });
      await fineTune(weighted, { ...options, loss: binaryCrossentropy({ positiveWeights }), thaw: false });
      const { data } = await weighted.predict(validation);
      return [0, 1].map((label) => data.filter((_, i) => i % 2 === label).reduce((a, b) => a + b) / 64);
    };
    const [even, second] = [await score([1, 1]), await score([1, 20])];
    expect(second[0]).toBeCloseTo(even[0], 6);
    expect(second[1]).toBeGreaterThan(even[1] + 0.05);
    expect(model.labels).toEqual(LABELS);
  });

  test('weighs samples (sampleWeight throws in tfjs-layers)', async () => {
    const few = tinyImages(4);
    const lossOf = async (sampleWeights?: readonly number[]) => {
      const still = { apply: () => {}, dispose: () => {}, learningRate: 1 };
      const head = { epochs: 1, learningRate: 1, optimizer: () => still };
      const run = await fineTune(tiny(), { train: few, head, thaw: false, sampleWeights });
      return run.history[0].loss;
    };
    const alone = [];
    for (let row = 0; row < 4; row++) alone.push(await lossOf([0, 1, 2, 3].map((i) => (i === row ? 4 : 0))));
    const [a, b, c, d] = alone;
    expect(new Set(alone).size).toBe(4);
    expect(await lossOf()).toBeCloseTo((a + b + c + d) / 4, 5);
    expect(await lossOf([3, 1, 0, 0])).toBeCloseTo((3 * a + b) / 4, 5);
  });
});

describe('early stopping', () => {
  const rows = (phase: string, values: number[], from = 0): HistoryRow[] =>
    values.map((val_auc, index) => ({
      phase,
      epoch: from + index,
      learningRate: 1,
      seconds: 1,
      loss: 1,
      val_loss: 1,
      val_auc,
    }));

  /** Plays epochs to the callback; the first bias weight of the model tells the epoch. */
  async function play(patience: number, phases: readonly (readonly [string, number[]])[]) {
    const model = tiny();
    const bias = model.model.getLayer('predictions').weights[1];
    const callback = earlyStopping({ monitor: 'val_auc', patience });
    let epochs = 0;
    for (const [name, values] of phases) {
      let stopped = false;
      const context = {
        classifier: model,
        history: [],
        learningRate: 0.1,
        stop: () => void (stopped = true),
        note: async () => {},
      };
      const info = {
        name,
        epochs: 9,
        firstEpoch: epochs,
        trainImages: 1,
        validationImages: 1,
        cachesFeatures: true,
      };
      await callback.onPhaseBegin?.(info, context);
      for (const row of rows(name, values, epochs)) {
        if (stopped) break;
        bias.write(tf.fill([2], row.epoch));
        epochs += 1;
        await callback.onEpochEnd?.(row, context);
      }
      await callback.onPhaseEnd?.(info, context);
    }
    return { epochs, restored: bias.read().dataSync()[0] };
  }

  test.each([
    ['stops after patience epochs without a better one', 2, [['head', [0.6, 0.7, 0.7, 0.65, 0.9]]], 4, 1],
    ['restores the best epoch where nothing stopped it', 5, [['head', [0.6, 0.8, 0.7]]], 3, 1],
    ['never takes NaN for better', 9, [['head', [Number.NaN, 0.5, Number.NaN]]], 3, 1],
    [
      'keeps the head’s weights where thawing made nothing better',
      9,
      [
        ['head', [0.6, 0.8]],
        ['thaw', [0.7, 0.75]],
      ],
      4,
      1,
    ],
    [
      'counts patience anew in each phase',
      2,
      [
        ['head', [0.6, 0.5]],
        ['thaw', [0.5, 0.7]],
      ],
      4,
      3,
    ],
  ] as [string, number, [string, number[]][], number, number][])(
    '%s',
    async (_, patience, phases, epochs, restored) => {
      expect(await play(patience, phases)).toEqual({ epochs, restored });
    },
  );

  test('restores in a real run (tfjs-layers throws on restoreBestWeights)', async () => {
    const model = tiny();
    const best: { auc: number; weights: Record<string, string> }[] = [];
    const before = tensorCount();
    const look: Callback = {
      onEpochEnd: (row) => void best.push({ auc: Number(row.val_loss), weights: bytes(model) }),
    };
    await fineTune(model, {
      ...options,
      head: { epochs: 6, learningRate: (progress) => (progress < 0.5 ? 0.05 : 5) },
      thaw: false,
      callbacks: [look, earlyStopping({ patience: Number.POSITIVE_INFINITY })],
    });
    best.sort((a, b) => a.auc - b.auc);
    expect(bytes(model)).toEqual(best[0].weights);
    expect(tensorCount()).toBe(before);
  });

  test('a monitor that is not in the history is named', async () => {
    const run = fineTune(tiny(), { ...options, callbacks: [earlyStopping({ monitor: 'val_acc' })] });
    await expect(run).rejects.toThrow(/monitor "val_acc": expected one of .*val_auc/);
  });
});

describe('a run that ends early', () => {
  test('by the signal keeps history and what was learned, and says so', async () => {
    const controller = new AbortController();
    const model = tiny();
    const run = await fineTune(model, {
      ...options,
      signal: controller.signal,
      callbacks: [{ onEpochEnd: ({ epoch }) => void (epoch === 1 && controller.abort()) }],
    });
    expect(run.interrupted).toBe(true);
    expect(run.history.map(({ epoch }) => epoch)).toEqual([0, 1]);
  });

  test('by divergence names the epoch and restores the best weights', async () => {
    const model = tiny();
    const finite: Record<string, string>[] = [];
    const run = fineTune(model, {
      ...options,
      head: {
        epochs: 3,
        learningRate: (progress) => (progress > 2 / 3 ? 1e38 : 0.01),
        optimizer: ({ learningRate }) => explosive(learningRate),
      },
      thaw: false,
      callbacks: [{ onEpochEnd: () => void finite.push(bytes(model)) }, earlyStopping()],
    });
    await expect(run).rejects.toThrow(DivergedError);
    expect(finite).toContainEqual(bytes(model));
  });

  /** Adam, until the rate is absurd; then it writes NaN, as an overflow would. */
  function explosive(learningRate: number) {
    const inner = adam({ learningRate });
    return {
      ...inner,
      rule: undefined,
      apply(variables: readonly tf.Variable[], gradients: tf.NamedTensorMap) {
        if (this.learningRate < 1) inner.apply(variables, gradients);
        else for (const variable of variables) variable.assign(tf.fill(variable.shape, Number.NaN));
      },
    };
  }
});

describe('bad input is refused before anything is computed', () => {
  const cases: [string, Partial<FineTuneOptions>, new (...args: never[]) => Error, RegExp][] = [
    [
      'no epochs',
      { head: { epochs: 0, learningRate: 1 } },
      OptionError,
      /expected epochs of 1 or more, a whole number; received 0/,
    ],
    [
      'a rate of 0',
      { thaw: { epochs: 1, learningRate: 0 } },
      OptionError,
      /learning rate above 0; received 0/,
    ],
    ['half a batch', { batchSize: 0.5 }, OptionError, /batchSize of 1 or more, a whole number; received 0.5/],
    [
      'labels in another order',
      { validation: tinyImages(8, 1, ['Red', 'Bright']) },
      DataMismatchError,
      /label 0 is "Red" instead of "Bright"/,
    ],
    ['no images', { train: tinyImages(0) }, DataMismatchError, /received 0 images/],
    [
      'too many layers to freeze',
      { thaw: { epochs: 1, learningRate: 1, freezeFirst: 99 } },
      SelectionError,
      /from 0 to/,
    ],
    [
      'weights for other samples',
      { sampleWeights: [1, 2] },
      DataMismatchError,
      /each of 96 images, or .*96×2.*; received 2/,
    ],
    [
      'two ways to say what stays',
      { thaw: { epochs: 1, learningRate: 1, freezeFirst: 1, freeze: 'all' } },
      OptionError,
      /received both/,
    ],
  ];
  test.each(cases)('%s', async (_, change, kind, message) => {
    const model = tiny();
    const before = bytes(model);
    const run = fineTune(model, { ...options, ...change });
    await expect(run).rejects.toThrow(kind);
    await expect(run).rejects.toThrow(message);
    expect(bytes(model)).toEqual(before);
  });
});

test('progress shows phase, epoch, batch, metrics and the time left', async () => {
  const lines: string[] = [];
  const batches: string[] = [];
  await fineTune(tiny(), {
    ...options,
    callbacks: [progress({ log: (line) => lines.push(line), rewrite: (line) => batches.push(line) })],
  });
  expect(lines[0]).toBe(
    'head: 3 epochs, 96 images, 64 to validate, features of the frozen backbone computed once',
  );
  expect(lines[1]).toMatch(/^head 1\/3 {2}[\d.]+ s {2}loss 0\.\d{4} {2}auc 0\.\d{4} .* val_recall/);
  expect(lines[5]).toMatch(/^thaw 1\/2/);
  expect(batches[0]).toMatch(/^head {2}features 1\/10 {2}[\d.]+ s left$/);
  expect(batches.at(-3)).toMatch(/^thaw 2\/2 {2}validate 3\/4 {2}loss 0\.\d{4} {2}[\d.]+ s left$/);
});

test('the loss counts the penalties of the layers’ regularizers, as Keras does', async () => {
  const still = { apply: () => {}, dispose: () => {}, learningRate: 1 };
  const lossOf = async (l2: number) => {
    const { model, ...rest } = tinyBackbone();
    const penalized = tfl.layers.conv2d({
      filters: 4,
      kernelSize: 1,
      kernelInitializer: 'ones',
      kernelRegularizer: tfl.regularizers.l2({ l2 }),
      name: 'penalized',
    });
    const outputs = penalized.apply(model.outputs) as tfl.SymbolicTensor;
    const made = classifier(
      { ...rest, model: tfl.model({ inputs: model.inputs, outputs }) },
      { labels: LABELS, dropout: 0 },
    );
    const thaw = { epochs: 1, learningRate: 1, optimizer: () => still };
    const run = await fineTune(made, { train: tinyImages(8), head: false, thaw });
    return run.history[0].loss;
  };
  // 16 ones: 16 · 0.25
  expect((await lossOf(0.25)) - (await lossOf(0))).toBeCloseTo(4, 4);
});
