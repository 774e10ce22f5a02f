import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backbone, classifier, faceResnet, freeze } from '../../src';
import { layerCalls } from '../../src/model/layer-calls';
import { modelProgram } from '../../src/model/model-program';
import { residualBranches } from '../../src/model/residual-branches';
import { interpreted } from '../../src/run/interpret';
import { random } from '../../src/training/random';
import { tinyBackbone } from '../tiny';

const { layers } = tfl;

beforeEach(() => tf.setBackend('cpu'));
afterEach(() => tf.disposeVariables());

const branchesOf = (model: tfl.LayersModel) =>
  residualBranches(model, layerCalls(model, () => true).calls).map(({ call, input, depth }) => ({
    name: call.layer.name,
    input,
    depth,
  }));

const dense = (x: tfl.SymbolicTensor, name: string) =>
  layers.dense({ units: 2, name, kernelInitializer: 'identity' }).apply(x) as tfl.SymbolicTensor;
const sum = (name: string, ...values: tfl.SymbolicTensor[]) =>
  layers.add({ name }).apply(values) as tfl.SymbolicTensor;
const network = (build: (x: tfl.SymbolicTensor) => tfl.SymbolicTensor) => {
  const inputs = tfl.input({ shape: [2] });
  return tfl.model({ inputs, outputs: build(inputs) });
};

describe('the residual branches of a network', () => {
  // The blocks whose shortcut is the identity or a projection, from the papers' tables of each architecture.
  test.each([
    ['resnet18', 8],
    ['resnet50', 16],
    ['mobilenet_v2', 10],
    ['mobilenet_v3_small', 6],
    ['efficientnet_lite0', 9],
    ['convnext_tiny', 18],
    ['densenet121', 0],
  ])('%s has %d', async (name, count) => {
    const { model } = await backbone(name, { weights: null, inputSize: [32, 32] });
    const found = branchesOf(model);
    expect(found.map(({ depth }) => depth)).toEqual(found.map((_, i) => (i + 1) / count));
    expect(found).toHaveLength(count);
    expect(new Set(found.map(({ input }) => input)).size).toBeLessThan(2);
  });

  test('the face network has 14, pooled shortcuts included', async () => {
    const { model } = await faceResnet({ weights: null });
    expect(branchesOf(model)).toHaveLength(14);
  });

  test('are counted apart in each of two networks side by side', () => {
    const { model } = classifier([tinyBackbone('a'), tinyBackbone('b')], { labels: ['x'] });
    expect(branchesOf(model).map(({ depth }) => depth)).toEqual([1, 1]);
  });

  test('are only those that learn: depth counts from the first one', async () => {
    const { model } = await backbone('resnet18', { weights: null, inputSize: [32, 32] });
    freeze(model, /^conv[123]/);
    expect(branchesOf(model).map(({ name, depth }) => [name, depth])).toEqual([
      ['conv4_block1_add', 0.25],
      ['conv4_block2_add', 0.5],
      ['conv5_block1_add', 0.75],
      ['conv5_block2_add', 1],
    ]);
  });

  test.each<[string, (x: tfl.SymbolicTensor) => tfl.SymbolicTensor]>([
    ['two branches of the same size', (x) => sum('sum', dense(x, 'a'), dense(x, 'b'))],
    ['three values', (x) => sum('sum', x, dense(x, 'a'), dense(x, 'b'))],
    ['no sum', (x) => dense(dense(x, 'a'), 'b')],
    [
      'a branch that ends in a Dropout',
      (x) => sum('sum', x, layers.dropout({ rate: 0.1 }).apply(dense(x, 'a')) as tfl.SymbolicTensor),
    ],
  ])('are none in %s', (_, build) => expect(branchesOf(network(build))).toEqual([]));
});

describe('stochastic depth', () => {
  const residual = () =>
    network((x) => {
      const first = sum('first', x, dense(x, 'a'));
      return sum('last', first, dense(first, 'b'));
    });

  test('multiplies each branch by one number per image', async () => {
    const { program, inputs, outputs, dropouts } = modelProgram(
      network((x) => sum('sum', x, dense(x, 'a'))),
      { training: true, stochasticDepth: 0.5 },
    );
    expect(dropouts.map(({ mask }) => mask.sizes)).toEqual([[null, 1]]);
    const runner = interpreted({ outputs: { program, outputs } });
    const given = new Map([
      [inputs[0], tf.tensor2d([1, 2, 3, 4], [2, 2])],
      [dropouts[0].mask, tf.tensor2d([0, 2], [2, 1])],
    ]);
    const [y] = await runner.run('outputs', given);
    expect(y.arraySync()).toEqual([
      [1, 2],
      [3 + 2 * 3, 4 + 2 * 4],
    ]);
    runner.dispose();
    tf.dispose([...given.values(), y]);
  });

  test('drops later branches more often, and keeps the mean', () => {
    const { dropouts } = modelProgram(residual(), { training: true, stochasticDepth: 0.4 });
    const next = random(1);
    const drawn = dropouts.map(({ draw }) => Array.from({ length: 20_000 }, () => draw(next)));
    const share = (numbers: number[]) => numbers.filter((x) => x === 0).length / numbers.length;
    const mean = (numbers: number[]) => numbers.reduce((total, x) => total + x, 0) / numbers.length;
    expect(drawn.map(share)).toEqual([expect.closeTo(0.2, 1), expect.closeTo(0.4, 1)]);
    expect(drawn.map(mean)).toEqual([expect.closeTo(1, 1), expect.closeTo(1, 1)]);
  });

  test('changes nothing in prediction', () => {
    expect(modelProgram(residual(), { training: false, stochasticDepth: 0.5 }).dropouts).toEqual([]);
  });
});
