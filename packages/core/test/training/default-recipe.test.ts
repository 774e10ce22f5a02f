import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { adam, classifier, cosine, type FineTuneOptions, fineTune, OptionError, sgd } from '../../src';
import { batchSizeOf, thawEpochsOf, thawRateOf, viewsOf } from '../../src/training/recipe/by-size';
import { LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

const train = tinyImages(48, 1);
const validation = tinyImages(40, 2);
const tiny = () => classifier(tinyBackbone(), { labels: LABELS, dropout: 0.2 });
const short = { head: { epochs: 2 }, thaw: { epochs: 2 } } as const;

afterEach(() => tf.disposeVariables());

/** The number of rows per phase. */
function epochsOf(history: readonly { readonly phase: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { phase } of history) counts[phase] = (counts[phase] ?? 0) + 1;
  return counts;
}

describe('fineTune with nothing but data', () => {
  test('trains both phases without validation, and says that nothing is fitted to held-out images', async () => {
    const notes: string[] = [];
    const run = await fineTune(tiny(), {
      train: tinyImages(30, 3),
      callbacks: [{ onNote: (text) => void notes.push(text) }],
    });
    expect(epochsOf(run.history)).toEqual({ head: 5, thaw: 30 });
    expect(run.history.at(-1)?.loss).toBeLessThan(run.baseRateLoss / 2);
    expect(notes).toContainEqual(expect.stringMatching(/^no validation: all epochs run/));
    expect(notes).toContainEqual(expect.stringMatching(/^chosen: thaw.epochs 30 \(30 training images\)$/));
  });

  test('beats the base rates on validation and ends with the weights of the best epoch', async () => {
    const model = tiny();
    const before = tensorCount();
    const { history, baseRateLoss } = await fineTune(model, { train, validation, tune: false });
    const best = Math.min(...history.map(({ val_loss }) => val_loss));
    expect(best).toBeLessThan(baseRateLoss / 2);
    const { data } = await model.predict(validation);
    const loss =
      data.reduce((sum, p, i) => sum - Math.log(validation.y[i] ? p : 1 - p), 0) / validation.y.length;
    expect(loss).toBeCloseTo(best, 4);
    expect(tensorCount()).toBe(before);
  });

  test('fits the head in the first epoch better than 60 epochs of steps do', async () => {
    const few = tinyImages(24, 5);
    const fitted = await fineTune(tiny(), { train: few, validation, head: { epochs: 1 }, thaw: false });
    const trained = await fineTune(tiny(), {
      train: few,
      validation,
      head: { epochs: 60, learningRate: cosine(3e-3), headStart: 'weights' },
      thaw: false,
    });
    expect(fitted.history[0].val_loss).toBeLessThan(trained.history[59].val_loss);
    expect(fitted.history[0].learningRate).toBe(0);
  });

  test('says loudly if no epoch is better than the base rates', async () => {
    const opposite = { ...validation, y: validation.y.map((label) => 1 - label) };
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    try {
      await fineTune(tiny(), { train, validation: withLabels(opposite), ...short });
      expect(warn).toHaveBeenCalledExactlyOnceWith(
        expect.stringMatching(/no epoch was better than predicting the base rates: the least val_loss is \d/),
      );
      warn.mockClear();
      await fineTune(tiny(), { train, validation, ...short });
      expect(warn).not.toHaveBeenCalled();
    } finally {
      warn.mockRestore();
    }
  });

  /** A data set whose batches have the labels of `y`. */
  function withLabels(images: typeof validation): typeof validation {
    return {
      ...images,
      async *batches(options) {
        for await (const batch of validation.batches(options)) {
          yield { ...batch, y: batch.y.map((label) => 1 - label) };
        }
      },
    };
  }
});

describe('every value can be given by itself, and the rest is chosen', () => {
  const cases: [string, Partial<FineTuneOptions>, Record<string, number>][] = [
    ['epochs of the head', { head: { epochs: 3 }, thaw: { epochs: 1 } }, { head: 3, thaw: 1 }],
    ['no head phase', { head: false, thaw: { epochs: 2 } }, { thaw: 2 }],
    ['no thaw phase', { thaw: false }, { head: 5 }],
    ['a rate', { head: { learningRate: 1e-2 }, thaw: false }, { head: 5 }],
    ['a batch size', { batchSize: 12, ...short }, { head: 2, thaw: 2 }],
    ['another start', { head: { epochs: 2, headStart: 'base-rates' }, thaw: false }, { head: 2 }],
    [
      'no features kept',
      { featureCache: false, head: { epochs: 1 }, thaw: { epochs: 1 } },
      { head: 1, thaw: 1 },
    ],
  ];
  test.each(cases)('%s', async (_, options, epochs) => {
    const { history, recipe } = await fineTune(tiny(), {
      train,
      validation,
      earlyStopping: { patience: 99 },
      ...options,
    });
    expect(epochsOf(history)).toEqual(epochs);
    expect(recipe.phases.map(({ name, epochs }) => [name, epochs])).toEqual(Object.entries(epochs));
    for (const { batchSize } of recipe.phases) expect(batchSize).toBe(options.batchSize ?? 8);
    expect(recipe.earlyStopping).toEqual({ monitor: 'val_auc', patience: 99 });
    expect(recipe.chosen['earlyStopping.monitor']).toMatch(/^val_auc/);
  });

  test('varies the images of a data set that can, unless they vary already or augment is false', async () => {
    const asked: object[] = [];
    const able = {
      ...train,
      augment: (augmentation: object) => {
        asked.push(augmentation);
        return { ...train, augmentation };
      },
    };
    const options = { validation, head: { epochs: 1 }, thaw: false } as const;
    const { recipe } = await fineTune(tiny(), { ...options, train: able });
    expect(recipe.augmentation).toEqual({ flip: true, rotation: 0.02, zoom: 0.08 });
    expect(recipe.phases[0].views).toBe(4);
    await fineTune(tiny(), { ...options, train: able, augment: false });
    await fineTune(tiny(), { ...options, train: { ...able, augmentation: { own: 1 } } });
    expect(asked).toHaveLength(1);
    await expect(fineTune(tiny(), { ...options, train, augment: { flip: true } })).rejects.toThrow(
      OptionError,
    );
  });

  test.each<[string, Partial<FineTuneOptions>, string]>([
    ['the AUC, as calibration mends the loss afterwards', {}, 'val_auc'],
    ['the loss of so few images that their AUC says little', { validation: tinyImages(6, 4) }, 'val_loss'],
    ['the loss, if nothing is calibrated', { tune: false }, 'val_loss'],
    ['the loss, if thresholds alone are fitted', { tune: { calibration: 'none' } }, 'val_loss'],
    ['the loss, if the metrics are given', { metrics: {} }, 'val_loss'],
  ])('the epoch that is kept is chosen by %s', async (_, change, monitor) => {
    const { recipe } = await fineTune(tiny(), {
      train,
      validation,
      head: { epochs: 1 },
      thaw: false,
      ...change,
    });
    expect(recipe.earlyStopping).toEqual({ monitor, patience: 30 });
  });

  test('an explicit recipe chooses nothing but the start of a new head', async () => {
    const explicit = {
      head: { epochs: 1, learningRate: 1e-3 },
      thaw: { epochs: 1, learningRate: 1e-4 },
    } as const;
    const model = tiny();
    const first = await fineTune(model, { train, validation, ...explicit });
    expect(first.recipe.chosen).toEqual({});
    expect(first.recipe.phases.map(({ headStart }) => headStart)).toEqual(['base-rates', 'weights']);
    const again = await fineTune(model, { train, validation, ...explicit });
    expect(again.recipe.phases[0].headStart).toBe('weights');
  });
});

describe('the recipe', () => {
  test('is JSON that says everything: data, losses, optimizers, schedules, what is frozen', async () => {
    const { recipe } = await fineTune(tiny(), {
      train,
      validation,
      head: { epochs: 1 },
      thaw: { epochs: 1, freeze: { stage: 'one' }, learningRateFactors: [[/^two_conv/, 0.1]] },
    });
    expect(JSON.parse(JSON.stringify(recipe))).toEqual(recipe);
    expect(recipe).toMatchObject({
      format: 'thaw-recipe',
      version: 1,
      labels: LABELS,
      inputSize: [8, 8],
      data: { train: { images: 48 }, validation: { images: 40 } },
      loss: { loss: 'binaryCrossentropy', labelSmoothing: 0 },
      seed: 0,
    });
    const [head, thaw] = recipe.phases;
    expect(head.frozen).toEqual(['one_conv', 'one_bn', 'two_conv', 'two_bn']);
    expect(thaw.frozen).toEqual(['one_conv', 'one_bn']);
    expect(thaw.learningRateFactors).toEqual({ two_conv: 0.1 });
    expect(thaw.learningRate).toMatchObject({ schedule: 'cosine', learningRate: 1.5e-4, warmup: 0.1 });
    expect(thaw.optimizer).toEqual({ optimizer: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
  });

  test('has the source of what it can’t name', async () => {
    const { recipe } = await fineTune(tiny(), {
      train,
      head: false,
      thaw: { epochs: 1, learningRate: (progress) => 1e-3 * (1 - progress) },
    });
    expect(recipe.phases[0].learningRate).toEqual({ custom: expect.stringContaining('1 - progress') });
  });

  test.each([
    [30, 8, 30, 4],
    [300, 16, 30, 4],
    [1000, 32, 24, 4],
    [4000, 32, 12, 2],
    [20_000, 32, 5, 2],
    [200_000, 32, 3, 1],
  ])('for %i images: batches of %i, %i epochs, %i views', (images, batch, epochs, views) => {
    expect([batchSizeOf(images), thawEpochsOf(images), viewsOf(images)]).toEqual([batch, epochs, views]);
  });

  test('knows a rate per optimizer, and scales it with the batch', () => {
    expect(thawRateOf(adam, 32)).toBe(3e-4);
    expect(thawRateOf(adam, 8)).toBe(1.5e-4);
    expect(thawRateOf(({ learningRate }) => sgd({ learningRate, momentum: 0.9 }), 64)).toBe(0.02);
  });
});

describe('misspelt and impossible options are refused', () => {
  test.each([
    ['an option of the run', { epoch: 3 }, /fineTune: expected options among .*; received "epoch"/],
    [
      'an option of both phases',
      { epochs: 3 },
      /"epochs".* Give it in head or thaw, as thaw: \{ epochs: … \}/,
    ],
    ['an option of thawing', { freezeFirst: 3 }, /"freezeFirst", .* Give it in thaw, as/],
    [
      'an optimizer’s name',
      { thaw: { optimizer: 'sgd' } },
      /expected optimizer to be a function; received "sgd"/,
    ],
    ['a batch size that is a text', { batchSize: '8' }, /expected batchSize of 1 or more.*; received "8"/],
    ['no batch', { thaw: { batchSize: 0 } }, /fineTune: thaw: expected batchSize of 1 or more/],
    ['a seed that is a text', { seed: 'a' }, /expected seed to be a finite number; received "a"/],
    ['one callback', { callbacks: {} }, /expected callbacks to be a list of objects/],
    ['a callback that is missing', { callbacks: [undefined] }, /expected callbacks to be a list of objects/],
    ['the controller of a signal', { signal: new AbortController() }, /expected signal to be an AbortSignal/],
    ['names of metrics', { metrics: ['auc'] }, /expected metrics to be an object of functions by name/],
    [
      'a folder of features alone',
      { featureCache: 'features' },
      /featureCache: expected an object of options/,
    ],
    ['a misspelt limit of features', { featureCache: { bytes: 1 } }, /featureCache: .*received "bytes"/],
    [
      'an option of the head',
      { head: { epoch: 3 } },
      /fineTune: head: expected options among epochs.*"epoch"/,
    ],
    ['an option of thawing', { thaw: { unfreeze: 3 } }, /fineTune: thaw: .*"unfreeze"/],
    [
      'a phase that is a number',
      { head: 5 },
      /expected head to be an object of options, or false; received 5/,
    ],
    ['no phase', { head: false, thaw: false }, /head and thaw are both false/],
    ['no data', { train: undefined }, /expected train to be a data set; received undefined/],
    ['an unknown start', { head: { headStart: 'zero' } }, /expected headStart 'weights' or/],
    ['resume without a folder', { resume: true }, /expected out, the folder to resume/],
  ])('%s', async (_, options, message) => {
    const run = fineTune(tiny(), { train, ...options } as FineTuneOptions);
    await expect(run).rejects.toThrow(OptionError);
    await expect(run).rejects.toThrow(message);
  });
});
