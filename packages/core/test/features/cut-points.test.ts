import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test } from 'vitest';
import {
  faceResnet,
  freeze,
  GroupNormalization,
  Normalization,
  resnet50,
  type Selection,
  SpatialDropout2D,
  unfreeze,
} from '../../src';
import { cutPoints } from '../../src/features/cut-points';
import { tinyBackbone } from '../tiny';
import { add, dense, denseLayer, network } from './networks';

afterEach(() => tf.disposeVariables());

const cutsOf = (model: tfl.LayersModel, frozen: Selection) => {
  freeze(model, frozen);
  return cutPoints(model).map(({ path }) => path);
};

describe('the cut of a chain', () => {
  const chain = () =>
    tfl.sequential({
      layers: [
        tfl.layers.dense({ units: 3, inputShape: [2], name: 'a' }),
        tfl.layers.reLU({ name: 'a_relu' }),
        tfl.layers.dense({ units: 4, name: 'b' }),
        tfl.layers.dense({ units: 1, name: 'c' }),
      ],
    });

  test('lies behind the last frozen layer, and behind what has no weights after it', () => {
    expect(cutsOf(chain(), /^a$/)).toEqual(['a_relu', 'a']);
    expect(cutsOf(chain(), /^[ab]$/)).toEqual(['b', 'a_relu', 'a']);
  });

  test('has the size of the features', () => {
    const model = chain();
    freeze(model, /^[ab]$/);
    expect(cutPoints(model).map(({ shape }) => shape)).toEqual([[4], [3], [3]]);
  });

  test('lies nowhere if nothing before a learning layer is frozen, or all is', () => {
    expect(cutsOf(chain(), /^b$/)).toEqual([]);
    expect(cutPoints(chain())).toEqual([]);
    const frozen = chain();
    freeze(frozen);
    expect(cutPoints(frozen)[0].rest.map(({ layer }) => layer.name)).toEqual(['c']);
  });
});

describe('what a frozen prefix may hold', () => {
  const around = (middle: tfl.layers.Layer) =>
    network((x) => dense(middle.apply(dense(x, 'first')) as tfl.SymbolicTensor, 'last'));

  test.each([
    ['no Dropout', tfl.layers.dropout({ rate: 0.5, name: 'middle' }), 'first'],
    ['no noise', tfl.layers.gaussianNoise({ stddev: 1, name: 'middle' }), 'first'],
    ['LayerNormalization', tfl.layers.layerNormalization({ name: 'middle' }), 'middle'],
    ['GroupNormalization', new GroupNormalization({ groups: 1, name: 'middle' }), 'middle'],
    ['Normalization', new Normalization({ name: 'middle' }), 'middle'],
    ['Rescaling', tfl.layers.rescaling({ scale: 2, name: 'middle' }), 'middle'],
    ['no spatial Dropout', new SpatialDropout2D({ rate: 0.5, name: 'middle' }), 'first'],
    ['a frozen BatchNormalization', tfl.layers.batchNormalization({ name: 'middle' }), 'middle'],
  ])('%s', (_, middle, deepest) => {
    expect(cutsOf(around(middle), /first|middle/)[0]).toBe(deepest);
  });

  test.each([
    ['affine', 'first'],
    ['training', 'first'],
    ['frozen', 'middle'],
  ] as const)('a BatchNormalization in mode "%s": the cut is behind "%s"', (batchNorm, deepest) => {
    const model = around(tfl.layers.batchNormalization({ name: 'middle' }));
    freeze(model, /first/);
    unfreeze(model, /middle/, { batchNorm });
    expect(cutPoints(model)[0].path).toBe(deepest);
  });

  test('no BatchNormalization that freezing never spoke of: tfjs’ own takes the batch’s statistics', () => {
    const model = around(tfl.layers.batchNormalization({ name: 'middle' }));
    model.getLayer('first').trainable = false;
    model.getLayer('middle').trainable = false;
    expect(cutPoints(model)[0].path).toBe('first');
  });

  test('a layer class of one’s own only where it says that training changes nothing of it', () => {
    class Doubling extends tfl.layers.Layer {
      static className = 'Doubling';
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        return tf.mul([inputs].flat()[0], 2);
      }
    }
    class Doubled extends Doubling {
      static override className = 'Doubled';
      static readonly sameInTraining = true;
    }
    expect(cutsOf(around(new Doubling({ name: 'middle' })), /first/)[0]).toBe('first');
    expect(cutsOf(around(new Doubled({ name: 'middle' })), /first/)[0]).toBe('middle');
  });
});

describe('the cut of a network with branches', () => {
  const residual = () =>
    network((x) => {
      const a = dense(x, 'a');
      const b = dense(a, 'b');
      const sum = add(a, dense(b, 'c'), 'sum');
      return dense(sum, 'last');
    });

  test('isn’t within a residual block, whose shortcut reads what came before', () => {
    expect(cutsOf(residual(), /^a$/)).toEqual(['a']);
    expect(cutsOf(residual(), /^[ab]$/)).toEqual(['a']);
    expect(cutsOf(residual(), /^[abc]$/)).toEqual(['sum', 'a']);
  });

  test('lies where frozen branches meet, not in one of them', () => {
    const branching = () => network((x) => dense(add(dense(x, 'left'), dense(x, 'right'), 'sum'), 'last'));
    expect(cutsOf(branching(), /left|right/)).toEqual(['sum']);
    expect(cutsOf(branching(), /left/)).toEqual([]);
  });

  test('leaves every output of the network behind it', () => {
    const outputs = () =>
      network((x) => {
        const a = dense(x, 'a');
        const b = dense(a, 'b');
        return [b, dense(b, 'c')];
      });
    expect(cutsOf(outputs(), /^[ab]$/)).toEqual(['a']);
  });

  test('counts each call of a shared layer', () => {
    const shared = () =>
      network((x) => {
        const layer = denseLayer('shared');
        const a = layer.apply(x) as tfl.SymbolicTensor;
        const b = layer.apply(dense(a, 'between')) as tfl.SymbolicTensor;
        return dense(b, 'last');
      });
    expect(cutsOf(shared(), /shared/)).toEqual(['shared']);
    expect(cutsOf(shared(), /shared|between/)).toEqual(['shared', 'between', 'shared']);
    expect(cutsOf(shared(), /between/)).toEqual([]);
  });

  test('knows what a layer is part of elsewhere from what it is here', () => {
    const model = residual();
    tfl.model({
      inputs: model.inputs,
      outputs: dense(model.getLayer('b').output as tfl.SymbolicTensor, 'other'),
    });
    expect(cutsOf(model, /^[ab]$/)).toEqual(['a']);
  });
});

describe('the cut of nested models', () => {
  const inner = (name = 'inner') => network((x) => dense(dense(x, `${name}_a`), `${name}_b`), name);
  const outer = (nested: tfl.LayersModel) =>
    network((x) => dense(nested.apply(dense(x, 'first')) as tfl.SymbolicTensor, 'last'), 'outer');

  test('may lie within one', () => {
    expect(cutsOf(outer(inner()), /first|inner_a/)).toEqual(['inner/inner_a', 'first']);
  });

  test('may lie behind one that is frozen whole', () => {
    expect(cutsOf(outer(inner()), /first|inner/)).toEqual(['inner', 'first']);
  });

  test('may lie within one of a nested model', () => {
    const middle = network((x) => inner().apply(x) as tfl.SymbolicTensor, 'middle');
    expect(cutsOf(outer(middle), /first|inner_a/)).toEqual(['middle/inner/inner_a', 'first']);
  });

  test('lies before one that would have to be opened where names meet: tfjs wants them distinct', () => {
    const nested = network((x) => dense(dense(x, 'inner_a'), 'last'), 'inner');
    expect(cutsOf(outer(nested), /first|inner_a/)).toEqual(['first']);
  });

  test('may lie in a Sequential that begins with a model', () => {
    const model = tfl.sequential({ layers: [inner(), tfl.layers.dense({ units: 1, name: 'last' })] });
    expect(cutsOf(model, /inner_a/)).toEqual(['inner/inner_a']);
  });
});

describe('the cut of a backbone', () => {
  test('ResNet50 with its first 10 layers frozen is cut behind the first pooling', async () => {
    const { model } = await resnet50({ weights: null, inputSize: [32, 32] });
    freeze(model, { first: 10 });
    const [deepest] = cutPoints(model);
    expect(deepest.path).toBe('pool1_pool');
    expect(deepest.shape).toEqual([8, 8, 64]);
    freeze(model, { upTo: 'conv3_block4_out' });
    expect(cutPoints(model)[0].path).toBe('conv3_block4_out');
  });

  test('the face network, whose shortcuts are widened by a layer of Thaw’s own, is cut behind a frozen stage', async () => {
    const backbone = await faceResnet({ weights: null, inputSize: [104, 104] });
    freeze(backbone, { stage: ['conv1', 'conv2', 'conv3'] });
    expect(cutPoints(backbone.model)[0].path).toBe('conv3_block4_out');
  });

  test('a small one by its first stage', () => {
    expect(cutsOf(tinyBackbone().model, { first: 3 })[0]).toBe('one_relu');
  });
});
