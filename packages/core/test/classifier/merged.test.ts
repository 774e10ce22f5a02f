import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  backbone,
  Classifier,
  classifier,
  type Ensemble,
  ensemble,
  fineTune,
  freeze,
  kerasBytes,
  load,
  OptionError,
  save,
  unfreeze,
} from '../../src';
import { batchNormMode } from '../../src/freezing/batch-norm-mode';
import { leafLayers } from '../../src/layers/leaf-layers';
import { modelWeights } from '../../src/weights/model-weights';
import { LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const data = tinyImages(12);

/** Preprocessings that differ in each part. */
const SCALED = { channelOrder: 'bgr', mean: [100, 120, 140], scale: [0.01, 0.02, 0.03] } as const;

/** A classifier whose head has drawn weights and statistics, as after training. */
function drawn(seed: number, options: object = {}, changes: object = {}): Classifier {
  const made = classifier({ ...tinyBackbone(), ...changes }, { labels: LABELS, seed, ...options });
  const head = new Set(made.headLayers);
  for (const [i, { layer, variable }] of modelWeights(made.model).entries()) {
    if (!head.has(layer.name)) continue;
    const low = variable.name.includes('variance') ? 0.1 : -0.7;
    variable.assign(tf.randomUniform(variable.shape, low, 0.9, 'float32', 100 * seed + i));
  }
  return made;
}

async function expectSame(one: Classifier | Ensemble, other: Classifier): Promise<void> {
  const [wanted, found] = [await one.predict(data), await other.predict(data)];
  expect(found.shape).toEqual(wanted.shape);
  for (const [at, value] of found.data.entries()) expect(value).toBeCloseTo(wanted.data[at], 5);
}

/** A model saved to memory and loaded again. */
async function savedAndLoaded(model: Classifier, options?: Parameters<typeof save>[2]): Promise<Classifier> {
  let saved: tf.io.ModelArtifacts | undefined;
  const handler: tf.io.IOHandler = {
    save: async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
  };
  await save(model, handler, options);
  return load({ load: async () => saved! });
}

const CALIBRATED = { slopes: [2, 0.5], intercepts: [1, -1] };

describe('a merged ensemble predicts as the ensemble does', () => {
  test.each<[string, () => Classifier[]]>([
    ['two classifiers on the same backbone', () => [drawn(1), drawn(2)]],
    [
      'three, of which one takes channels in reverse',
      () => [drawn(1), drawn(2, {}, { preprocessing: SCALED }), drawn(3)],
    ],
    ['the first takes channels in reverse', () => [drawn(1, {}, { preprocessing: SCALED }), drawn(2)]],
    [
      'features of several stages beside those of one',
      () => [drawn(1, { featureStages: ['one', 'two'] }), drawn(2)],
    ],
    [
      'a head that does not standardise, or pools otherwise',
      () => [drawn(1, { standardize: false }), drawn(2, { pooling: 'max' })],
    ],
    ['no head that standardises', () => [drawn(1, { standardize: false }), drawn(2, { standardize: false })]],
    [
      'a classifier of two networks',
      () => [
        classifier([tinyBackbone('a'), { ...tinyBackbone('b'), preprocessing: SCALED }], { labels: LABELS }),
        drawn(2),
      ],
    ],
    ['an ensemble that was merged before', () => [ensemble([drawn(1), drawn(2)]).merged(), drawn(3)]],
  ])('%s', async (_, make) => {
    const members = make();
    members[1].calibration = CALIBRATED;
    const both = ensemble(members);
    both.calibration = { slopes: [3, 0.25], intercepts: [-0.5, 2] };
    both.thresholds = [0.3, 0.8];
    const one = both.merged();
    expect(one).toBeInstanceOf(Classifier);
    expect(one.thresholds).toEqual([0.3, 0.8]);
    await expectSame(both, one);
    await expectSame(both, await savedAndLoaded(one));
    await expectSame(both, await load(await kerasBytes(one)));
  });

  test('members of other weights', async () => {
    const [first, second] = [drawn(1), drawn(2)];
    second.calibration = CALIBRATED;
    const both = ensemble([first, second], { weights: [1, 4] });
    await expectSame(both, both.merged());
  });

  test('networks of different architectures', async () => {
    const of = async (name: string) =>
      classifier(await backbone(name, { weights: null, inputSize: [32, 32] }), { labels: LABELS });
    const both = ensemble([await of('efficientnet_lite0'), await of('mobilenet_v3_small')]);
    const pixels = tf.randomUniform<tf.Rank.R4>([2, 32, 32, 3], 0, 255, 'float32', 5);
    const [wanted, found] = [await both.predict(pixels), await both.merged().predict(pixels)];
    for (const [at, value] of found.data.entries()) expect(value).toBeCloseTo(wanted.data[at], 5);
  });
});

test('a merged classifier has weights of its own, and frees all of them', () => {
  const members = [drawn(1), drawn(2)];
  const both = ensemble(members);
  const before = tensorCount();
  const one = both.merged();
  const kernels = (model: Classifier) => modelWeights(model.model).map(({ variable }) => variable.id);
  expect(kernels(one).filter((id) => members.flatMap(kernels).includes(id))).toEqual([]);
  one.dispose();
  expect(tensorCount()).toBe(before);
});

test('a merged classifier keeps what is frozen, the modes of BatchNormalization, stages and the highest dropout', () => {
  const [first, second] = [drawn(1, { dropout: 0.1 }), drawn(2, { dropout: 0.4 })];
  freeze(first, { stage: 'one' });
  unfreeze(second, 'all', { batchNorm: 'affine' });
  const one = ensemble([first, second]).merged();
  expect(one.stages.map(({ name }) => name)).toEqual(['tiny/one', 'tiny/two', 'tiny_2/one', 'tiny_2/two']);
  const modes = new Map(leafLayers(one.model).map(({ layer }) => [layer.name, batchNormMode(layer)]));
  expect([modes.get('tiny_one_bn'), modes.get('tiny_2_one_bn')]).toEqual(['frozen', 'affine']);
  const conv = leafLayers(one.model).find(({ layer }) => layer.name === 'tiny_one_conv');
  expect(conv?.layer.trainable).toBe(false);
  expect(one.model.getLayer('head_dropout').getConfig()).toMatchObject({ rate: 0.4 });
});

test('a merged classifier learns as any other', async () => {
  const one = ensemble([drawn(1), drawn(2)]).merged();
  const train = tinyImages(48);
  const run = await fineTune(one, {
    train,
    head: { epochs: 1, learningRate: 1e-2 },
    thaw: { epochs: 8, learningRate: 1e-2 },
  });
  const losses = run.history.map(({ loss }) => loss);
  expect(losses.at(-1)).toBeLessThan(losses[0]);
  expect(losses.at(-1)).toBeLessThan(run.baseRateLoss);
});

describe('merged refuses', () => {
  const wide = () => {
    const input = tfl.input({ shape: [9, 9, 3] });
    const maps = tfl.layers.conv2d({ filters: 2, kernelSize: 3 }).apply(input) as tfl.SymbolicTensor;
    return { ...tinyBackbone('wide'), model: tfl.model({ inputs: input, outputs: maps }), stages: [] };
  };
  const deep = () => {
    const { model, labels, ...parts } = drawn(1);
    const x = tfl.layers.dense({ units: 3, name: 'hidden' }).apply(model.getLayer(parts.featureLayer).output);
    const output = tfl.layers.dense({ units: 2, activation: 'sigmoid', name: 'last' }).apply(x);
    return new Classifier({
      ...parts,
      labels,
      thresholds: [0.5, 0.5],
      model: tfl.model({ inputs: model.inputs, outputs: output as tfl.SymbolicTensor }),
      headLayers: ['hidden', 'last'],
    });
  };
  test.each<[string, () => unknown, RegExp]>([
    ['a single member', () => ensemble([drawn(1)]).merged(), /expected an ensemble of two or more/],
    [
      'images of other sizes',
      () => ensemble([drawn(1), classifier(wide(), { labels: LABELS })]).merged(),
      /^merged: expected networks that take images of one size; tiny takes 8×8×3 and wide 9×9×3/,
    ],
    [
      'a head that is not linear',
      () => ensemble([drawn(1), deep()]).merged(),
      /member 1 has the layers hidden, last/,
    ],
    [
      'what is no Classifier',
      () => ensemble([drawn(1), { model: drawn(1).model, labels: LABELS, preprocessing: SCALED }]).merged(),
      /member 1 is another object/,
    ],
  ])('%s', (_, merge, sentence) => {
    expect(merge).toThrow(OptionError);
    expect(merge).toThrow(sentence);
  });
});
