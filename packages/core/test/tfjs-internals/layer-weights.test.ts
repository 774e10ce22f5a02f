import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test } from 'vitest';
import { fieldsOf, type LayerFields, weightsOf } from '../../src/tfjs-internals/layer-weights';

const { layers, regularizers } = tfl;

afterEach(() => tf.disposeVariables());

/** A layer with weights for inputs of the given sizes. */
function built(layer: tfl.layers.Layer, sizes: readonly number[]): tfl.layers.Layer {
  layer.apply(tfl.input({ shape: [...sizes] }));
  return layer;
}

const MAP = [4, 4, 2];
const l2 = regularizers.l2({ l2: 0.5 });

describe('the fields of a layer', () => {
  test.each<[string, tfl.layers.Layer, readonly number[], readonly (keyof LayerFields)[]]>([
    ['Dense', layers.dense({ units: 2 }), [3], ['kernel', 'bias']],
    ['Conv2D', layers.conv2d({ filters: 2, kernelSize: 1 }), MAP, ['kernel', 'bias']],
    ['DepthwiseConv2D', layers.depthwiseConv2d({ kernelSize: 1 }), MAP, ['depthwiseKernel', 'bias']],
    [
      'SeparableConv2D',
      layers.separableConv2d({ filters: 2, kernelSize: 1 }),
      MAP,
      ['depthwiseKernel', 'pointwiseKernel', 'bias'],
    ],
    ['Embedding', layers.embedding({ inputDim: 3, outputDim: 2 }), [2], ['embeddings']],
    [
      'BatchNormalization',
      layers.batchNormalization(),
      MAP,
      ['gamma', 'beta', 'movingMean', 'movingVariance'],
    ],
    ['LayerNormalization', layers.layerNormalization(), MAP, ['gamma', 'beta']],
    ['PReLU', layers.prelu(), MAP, ['alpha']],
  ])('%s are its weights', (_, layer, sizes, fields) => {
    const found = fieldsOf(built(layer, sizes));
    const variables = fields.map((field) => (found[field] as { read(): tf.Variable }).read());
    expect(new Set(variables)).toEqual(new Set(layer.weights.map((weight) => weight.read())));
  });

  test('a regularizer lies in a field of its own, as an L1L2', () => {
    const { kernelRegularizer, biasRegularizer } = fieldsOf(
      layers.dense({ units: 2, kernelRegularizer: l2 }),
    );
    expect(kernelRegularizer).toMatchObject({ l1: 0, l2: 0.5 });
    expect(kernelRegularizer!.getClassName()).toBe('L1L2');
    expect(biasRegularizer ?? null).toBeNull();
    const separable = layers.separableConv2d({ filters: 2, kernelSize: 1, pointwiseRegularizer: l2 });
    expect(fieldsOf(separable).pointwiseRegularizer).toMatchObject({ l2: 0.5 });
  });

  test('a threshold and the sizes of a noise', () => {
    expect(fieldsOf(layers.thresholdedReLU({ theta: 2 })).theta).toBe(2);
    expect(fieldsOf(layers.alphaDropout({ rate: 0.5, noiseShape: [1, 2] })).noiseShape).toEqual([1, 2]);
  });
});

describe('the weights of a layer', () => {
  test('come in the order in which they were made, frozen or not, with name, value and constraint', () => {
    const constraint = tfl.constraints.maxNorm({ maxValue: 3 });
    const layer = built(layers.dense({ units: 2, kernelConstraint: constraint, name: 'head' }), [3]);
    layer.trainable = false;
    const [kernel, bias] = weightsOf(layer);
    expect([kernel, bias].map(({ originalName }) => originalName)).toEqual(['head/kernel', 'head/bias']);
    expect(kernel.constraint!.getClassName()).toBe('MaxNorm');
    expect(kernel.constraint!.getConfig()).toMatchObject({ maxValue: 3, axis: 0 });
    expect(bias.constraint ?? null).toBeNull();
    bias.write(tf.tensor1d([1, 2]));
    expect([...bias.read().dataSync()]).toEqual([1, 2]);
  });

  test('of a wrapper are those of the layers within', () => {
    const wrapper = built(
      layers.bidirectional({
        layer: layers.simpleRNN({ units: 2, recurrentInitializer: 'zeros' }) as never,
        mergeMode: 'concat',
      }),
      [3, 2],
    );
    expect(weightsOf(wrapper).length).toBe(6);
  });
});
