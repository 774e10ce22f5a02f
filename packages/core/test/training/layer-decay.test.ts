import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { type Classifier, classifier, fineTune, phase, sgd } from '../../src';
import { leafLayers } from '../../src/layers/leaf-layers';
import { layerDepths } from '../../src/training/layer-depths';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

const weighted = (model: Classifier) => {
  const depths = layerDepths(model);
  return Object.fromEntries(
    leafLayers(model.model)
      .filter(({ layer }) => layer.weights.length > 0)
      .map(({ path }) => [path, depths.get(path)]),
  );
};

test('depth counts stages from the head down', () => {
  expect(weighted(classifier(tinyBackbone(), { labels: LABELS }))).toEqual({
    one_conv: 2,
    one_bn: 2,
    two_conv: 1,
    two_bn: 1,
    head_norm: 0,
    predictions: 0,
  });
});

test('without stages, depth counts the layers with weights', () => {
  const { stages, ...backbone } = tinyBackbone();
  expect(weighted(classifier({ ...backbone, stages: [] }, { labels: LABELS }))).toEqual({
    one_conv: 4,
    one_bn: 3,
    two_conv: 2,
    two_bn: 1,
    head_norm: 0,
    predictions: 0,
  });
});

test('layers outside of stages belong to the stage that follows', () => {
  const backbone = tinyBackbone();
  const stages = [
    { name: 'one', layers: ['one_relu'] },
    { name: 'two', layers: ['two_bn', 'two_relu', 'two_add'] },
  ];
  expect(weighted(classifier({ ...backbone, stages }, { labels: LABELS }))).toMatchObject({
    one_conv: 2,
    one_bn: 2,
    two_conv: 1,
    two_bn: 1,
  });
});

test('each of several networks counts its own stages', () => {
  const model = classifier([tinyBackbone('a'), tinyBackbone('b')], { labels: LABELS });
  expect(Object.values(weighted(model)).filter((depth) => depth === 1)).toHaveLength(4);
  expect(Math.max(...layerDepths(model).values())).toBe(2);
});

test('a step of gradient descent moves each stage by its share of the rate, and factors go over it', async () => {
  const train = tinyImages(8);
  const moved = async (options: object) => {
    const model = classifier(tinyBackbone(), { labels: LABELS, standardize: false });
    const kernels = ['one_conv', 'two_conv', 'predictions'].map(
      (name) => model.model.getLayer(name).weights[0],
    );
    const before = kernels.map((kernel) => kernel.read().dataSync().slice());
    await phase(model, {
      name: 'thaw',
      train,
      epochs: 1,
      batchSize: 8,
      learningRate: 0.1,
      optimizer: sgd,
      ...options,
    });
    return kernels.map((kernel, i) => {
      const after = kernel.read().dataSync();
      const at = after.findIndex((value, j) => Math.abs(value - before[i][j]) > 1e-5);
      return after[at] - before[i][at];
    });
  };
  const full = await moved({});
  const decayed = await moved({ layerDecay: 0.5 });
  const mixed = await moved({ layerDecay: 0.5, learningRateFactors: [[/one_conv/, 2]] });
  const shares = (of: number[]) => of.map((move, i) => move / full[i]);
  for (const [i, share] of [0.25, 0.5, 1].entries()) expect(shares(decayed)[i]).toBeCloseTo(share, 2);
  for (const [i, share] of [2, 0.5, 1].entries()) expect(shares(mixed)[i]).toBeCloseTo(share, 2);
});

test('fineTune takes it per phase, and its recipe has the factors', async () => {
  const { recipe } = await fineTune(classifier(tinyBackbone(), { labels: LABELS }), {
    train: tinyImages(8),
    head: false,
    thaw: { epochs: 1, learningRate: 0.01, layerDecay: 0.5 },
  });
  expect(recipe.phases[0].learningRateFactors).toMatchObject({
    one_conv: 0.25,
    two_conv: 0.5,
    predictions: 1,
  });
});

test.each([0, -1, 1.5, Number.NaN])('refuses %d', async (layerDecay) => {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  const options = { name: 'thaw', train: tinyImages(4), epochs: 1, learningRate: 0.1, layerDecay };
  await expect(phase(model, options)).rejects.toThrow(
    `phase "thaw": expected layerDecay above 0 and at most 1; received ${layerDecay}.`,
  );
});
