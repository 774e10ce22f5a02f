import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  classifier,
  freeze,
  OptionError,
  type Selection,
  SelectionError,
  trainableSummary,
  unfreeze,
} from '../../src';
import { bytes, changed, tensorCount, tinyBackbone } from '../tiny';

const x = () => tf.randomUniform([16, 8, 8, 3], -1, 1, 'float32', 7);
const y = () => tf.randomUniform([16, 2], 0, 1, 'float32', 8);

/** The tiny backbone as one nested layer of a model, as people build on pretrained networks. */
function nested() {
  const base = tinyBackbone('base').model;
  const model = tfl.sequential({
    layers: [
      base,
      tfl.layers.globalAveragePooling2d({ name: 'pool' }),
      tfl.layers.dense({ units: 2, name: 'predictions' }),
    ],
  });
  return { base, model };
}

async function fit(model: tfl.LayersModel, epochs = 2) {
  await model.fit(x(), y(), { epochs, batchSize: 8, verbose: 0 });
}

afterEach(() => {
  tf.disposeVariables();
  vi.restoreAllMocks();
});

describe('a frozen layer keeps every byte under model.fit', () => {
  const cases: [title: string, selection: Selection, frozen: RegExp][] = [
    ['all', 'all', /./],
    ['the first three layers, the input counted', { first: 3 }, /^one_/],
    ['all up to a layer', { upTo: 'two_conv' }, /^(one_|two_conv)/],
    ['a pattern', /_bn$/, /_bn/],
    ['a pattern with the global flag', /_bn$/g, /_bn/],
    ['a predicate', (layer) => layer.name === 'one_conv', /^one_conv/],
  ];
  test.each(cases)('%s', async (_, selection, frozen) => {
    const { base, model } = nested();
    freeze(base, selection);
    model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
    const before = bytes(model);
    await fit(model);
    const moved = changed(before, bytes(model));
    expect(moved.filter((name) => frozen.test(name) && !name.startsWith('predictions'))).toEqual([]);
    expect(moved).toContain('predictions/kernel');
  });

  test('a stage of a backbone', async () => {
    const backbone = tinyBackbone();
    freeze(backbone, { stage: 'one' });
    backbone.model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const before = bytes(backbone.model);
    await backbone.model.fit(x(), tf.ones([16, 8, 8, 4]), { epochs: 1, verbose: 0 });
    expect(changed(before, bytes(backbone.model)).every((name) => name.startsWith('two_'))).toBe(true);
  });

  test('frozen after compile, without compiling again, in a nested model', async () => {
    const { base, model } = nested();
    model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
    freeze(base);
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const before = bytes(model);
    await fit(model);
    expect(changed(before, bytes(model))).toEqual(['predictions/kernel', 'predictions/bias']);
  });
});

describe('BatchNormalization', () => {
  const learns = async (batchNorm: 'frozen' | 'affine' | 'training') => {
    const { base, model } = nested();
    freeze(base);
    unfreeze(base, 'all', { batchNorm });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const before = bytes(model);
    await fit(model, 1);
    return changed(before, bytes(model)).filter((name) => name.startsWith('one_bn'));
  };

  test('frozen: nothing of it moves', async () => {
    expect(await learns('frozen')).toEqual([]);
  });
  test('affine: gamma and beta learn on statistics that stay', async () => {
    expect(await learns('affine')).toEqual(['one_bn/gamma', 'one_bn/beta']);
  });
  test('training: the moving statistics move too', async () => {
    expect(await learns('training')).toEqual([
      'one_bn/gamma',
      'one_bn/beta',
      'one_bn/moving_mean',
      'one_bn/moving_variance',
    ]);
  });

  test('frozen: it normalises by its moving statistics even where training is asked for', () => {
    const { model } = tinyBackbone();
    freeze(model);
    const image = x();
    const training = model.apply(image, { training: true }) as tf.Tensor;
    const inference = model.apply(image, { training: false }) as tf.Tensor;
    expect(training.dataSync()).toEqual(inference.dataSync());
  });

  test('training: normalises by the batch and moves the averages by Keras’ rule', () => {
    const layer = tfl.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-3, inputShape: [2] });
    const model = tfl.sequential({ layers: [layer] });
    unfreeze(model, 'all', { batchNorm: 'training' });
    const out = model.apply(
      tf.tensor2d([
        [0, 2],
        [4, 2],
      ]),
      { training: true },
    ) as tf.Tensor2D;
    // mean 2 and 2, biased variance 4 and 0: ±2/√4.001 and 0
    expect(out.arraySync()[1][0]).toBeCloseTo(2 / Math.sqrt(4.001), 5);
    expect(out.arraySync()[1][1]).toBeCloseTo(0, 6);
    const [, , mean, variance] = layer.getWeights().map((weight) => [...weight.dataSync()]);
    expect(mean.map((value) => Number(value.toFixed(5)))).toEqual([0.2, 0.2]);
    expect(variance.map((value) => Number(value.toFixed(5)))).toEqual([1.3, 0.9]);
  });

  test.each(['affine', 'training'] as const)(
    '%s: without scale or center, on any axis, it trains (tfjs #2868 crashes)',
    async (batchNorm) => {
      const model = tfl.sequential({
        layers: [
          tfl.layers.conv2d({ filters: 3, kernelSize: 1, inputShape: [4, 3, 2] }),
          tfl.layers.batchNormalization({ scale: false }),
          tfl.layers.batchNormalization({ center: false, axis: 1 }),
          tfl.layers.flatten(),
          tfl.layers.batchNormalization({ scale: false, center: false }),
          tfl.layers.dense({ units: 1 }),
        ],
      });
      unfreeze(model, 'all', { batchNorm });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      const before = bytes(model);
      await model.fit(tf.randomNormal([8, 4, 3, 2]), tf.randomNormal([8, 1]), { epochs: 1, verbose: 0 });
      const still = Object.keys(before).filter((name) => !changed(before, bytes(model)).includes(name));
      expect(still.filter((name) => !(batchNorm === 'affine' && name.includes('/moving_')))).toEqual([]);
    },
  );

  test.each<[number, number | number[]]>([
    [-1, -1],
    [1, 1],
    [2, 2],
    // As Keras 2 saves it.
    [1, [1]],
    [3, [3]],
  ])(
    'frozen: γ·(x − mean)/√(variance + ε) + β on axis %i (tfjs is right on the last only)',
    (axis, given) => {
      const layer = tfl.layers.batchNormalization({ axis: given as number, inputShape: [4, 3, 2] });
      const model = tfl.sequential({ layers: [layer] });
      for (const weight of layer.weights) weight.write(tf.randomUniform(weight.shape as number[], 0.5, 2));
      const [gamma, beta, mean, variance] = layer.getWeights().map((weight) => weight.dataSync());
      const image = tf.randomNormal([2, 4, 3, 2]);
      freeze(model);
      const normalized = (model.apply(image) as tf.Tensor).dataSync();
      for (const [i, x] of image.dataSync().entries()) {
        const c = axis === 1 ? Math.floor(i / 6) % 4 : axis === 2 ? Math.floor(i / 2) % 3 : i % 2;
        const expected = (gamma[c] * (x - mean[c])) / Math.sqrt(variance[c] + 1e-3) + beta[c];
        expect(normalized[i]).toBeCloseTo(expected, 4);
      }
    },
  );

  test('an axis given as a list, as Keras 2 saves it, trains, moves and is planned as the number is', async () => {
    const build = (axis: number | number[]) =>
      classifier(
        { ...tinyBackbone(), model: withNorm(axis), stages: [] },
        { labels: ['a', 'b'], seed: 1, dropout: 0 },
      );
    const results = await Promise.all(
      [3, [3]].map(async (axis) => {
        const model = build(axis);
        const pixels = tf.randomUniform<tf.Rank.R4>([4, 8, 8, 3], 0, 255, 'float32', 1);
        unfreeze(model, 'all', { batchNorm: 'training' });
        const trained = model.model.apply(pixels, { training: true }) as tf.Tensor;
        freeze(model);
        return [...trained.dataSync(), ...(await model.predict(pixels)).data];
      }),
    );
    expect(results[1]).toEqual(results[0]);
  });

  test('several axes are refused by the layer’s name', () => {
    const norm = tfl.layers.batchNormalization({ name: 'two' });
    const model = tfl.sequential({ layers: [tfl.layers.inputLayer({ inputShape: [4, 2] }), norm] });
    Object.assign(norm, { axis: [1, 2] });
    freeze(model);
    expect(() => model.apply(tf.zeros([1, 4, 2]))).toThrow(
      /expected one axis of channels; layer "two" has 2/,
    );
  });

  test('apply with training leaks no tensor (tfjs #7983 leaks two)', () => {
    const { model } = tinyBackbone();
    unfreeze(model, 'all', { batchNorm: 'training' });
    const image = x();
    (model.apply(image, { training: true }) as tf.Tensor).dispose();
    const before = tensorCount();
    for (let i = 0; i < 3; i++) (model.apply(image, { training: true }) as tf.Tensor).dispose();
    expect(tensorCount()).toBe(before);
  });
});

describe('freeze and unfreeze', () => {
  test('reach nested models through any depth', () => {
    const inner = tinyBackbone('inner').model;
    const middle = tfl.sequential({
      layers: [inner, tfl.layers.globalAveragePooling2d({ name: 'pool' })],
      name: 'middle',
    });
    const outer = tfl.sequential({
      layers: [middle, tfl.layers.dense({ units: 1, name: 'out' })],
      name: 'outer',
    });
    freeze(outer, /one_conv$/);
    const frozen = trainableSummary(outer).layers.filter(({ state }) => state === 'frozen');
    expect(frozen.map(({ path }) => path)).toEqual(['middle/inner/one_conv']);
  });

  test('a nested model frozen by its own flag is frozen layer by layer, and opens layer by layer', () => {
    const { base, model } = nested();
    base.trainable = false;
    unfreeze(model, /two_conv/);
    const learning = trainableSummary(model).layers.filter(({ trainableParams }) => trainableParams > 0);
    expect(learning.map(({ path }) => path)).toEqual(['base/two_conv', 'predictions']);
  });

  test('a changed freeze state of a compiled model needs no new compile, and fit does not warn', async () => {
    const { model } = nested();
    freeze(model, { upTo: 'two_add' });
    model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
    await fit(model, 1);
    unfreeze(model, /two_conv/);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const before = bytes(model);
    await fit(model, 1);
    expect(changed(before, bytes(model)).sort()).toEqual([
      'predictions/bias',
      'predictions/kernel',
      'two_conv/bias',
      'two_conv/kernel',
    ]);
    expect(warn).not.toHaveBeenCalled();
  });

  test.each<[string, Selection, RegExp]>([
    ['more layers than there are', { first: 99 }, /from 0 to 8/],
    ['a layer that is not there', { upTo: 'nose' }, /none of that name/],
    ['a stage that is not there', { stage: 'three' }, /expected one of one, two/],
    ['a pattern that matches nothing', /nose/, /matches none of 8/],
  ])('%s is refused', (_, selection, message) => {
    expect(() => freeze(tinyBackbone(), selection)).toThrow(SelectionError);
    expect(() => freeze(tinyBackbone(), selection)).toThrow(message);
  });
});

test.each<[object, RegExp]>([
  [{ batchnorm: 'training' }, /^unfreeze: expected options among batchNorm; received "batchnorm"/],
  [
    { batchNorm: 'train' },
    /^unfreeze: expected batchNorm to be 'frozen' or 'affine' or 'training'; received "train"/,
  ],
])('unfreeze refuses %j, and changes nothing', (options, message) => {
  const { model } = nested();
  freeze(model);
  expect(() => unfreeze(model, 'all', options)).toThrow(OptionError);
  expect(() => unfreeze(model, 'all', options)).toThrow(message);
  expect(trainableSummary(model).trainableParams).toBe(0);
});

test('the summary counts what learns and prints a table', () => {
  const backbone = tinyBackbone();
  freeze(backbone, { stage: 'one' });
  unfreeze(backbone, /two_bn/, { batchNorm: 'affine' });
  const summary = trainableSummary(backbone);
  // 3·3·3·4 + 4, 16, 3·3·4·4 + 4, 16; of which two_conv and two_bn's gamma and beta learn
  expect([summary.params, summary.trainableParams]).toEqual([112 + 16 + 148 + 16, 148 + 8]);
  expect(String(summary)).toMatch(/two_bn +BatchNormalization +16 +affine/);
  expect(String(summary)).toContain('156 of 292 parameters learn (53.4 %)');
});

/** A convolution and a BatchNormalization of maps of 8×8×3, with fixed weights. */
function withNorm(axis: number | number[]): tfl.LayersModel {
  const kernelInitializer = tfl.initializers.glorotUniform({ seed: 2 });
  return tfl.sequential({
    layers: [
      tfl.layers.conv2d({
        filters: 4,
        kernelSize: 3,
        kernelInitializer,
        inputShape: [8, 8, 3],
        name: 'conv',
      }),
      tfl.layers.batchNormalization({ axis: axis as number, name: 'norm' }),
    ],
  });
}
