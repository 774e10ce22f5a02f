import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Classifier, faceResnet, freeze, resnet50, unfreeze } from '../../src';
import { modelProgram } from '../../src/model/model-program';
import { NotAProgramError } from '../../src/program/ir';
import { runAtOnce } from '../../src/run/interpret';
import { modelWeights } from '../../src/weights/model-weights';
import fixture from '../fixtures/keras-training.json';
import { fixedWeight } from '../training/parity/fixed-values';
import { buildNetwork } from '../training/parity/network';

beforeEach(() => tf.setBackend('cpu'));
afterEach(() => tf.disposeVariables());

/** Weights that are neither zeros nor ones, moving statistics too. */
function settle(model: tfl.LayersModel): tfl.LayersModel {
  for (const { name, variable } of modelWeights(model)) {
    tf.tidy(() => variable.assign(tf.tensor(fixedWeight(name, variable.shape, [0.5, 1]), variable.shape)));
  }
  return model;
}

function planned(model: tfl.LayersModel, x: tf.Tensor): tf.Tensor[] {
  const { program, inputs, outputs } = modelProgram(model, { training: false });
  return runAtOnce({ program, outputs }, new Map([[inputs[0], x]]));
}

function expectTheSame(model: tfl.LayersModel): void {
  const x = tf.randomUniform([2, ...model.inputs[0].shape.slice(1).map(Number)], -1, 1, 'float32', 7);
  const before = tf.memory().numTensors;
  const ours = planned(model, x);
  const theirs = [model.apply(x, { training: false }) as tf.Tensor | tf.Tensor[]].flat();
  expect(ours.map(({ shape }) => shape)).toEqual(theirs.map(({ shape }) => shape));
  for (const [i, own] of ours.entries()) {
    const [a, b] = [own.dataSync<'float32'>(), theirs[i].dataSync<'float32'>()];
    const size = b.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(Math.max(...a.map((value, n) => Math.abs(value - b[n]))) / size).toBeLessThan(1e-5);
  }
  tf.dispose([ours, theirs]);
  expect(tf.memory().numTensors).toBe(before);
}

const kinds = (model: tfl.LayersModel, training = false) => {
  const count: Record<string, number> = {};
  for (const { kind } of modelProgram(model, { training }).program.operations) {
    count[kind.name] = (count[kind.name] ?? 0) + 1;
  }
  return count;
};

/** Layers on maps of 6×6×3. */
function onMaps(
  build: (x: tfl.SymbolicTensor) => tfl.SymbolicTensor | tfl.SymbolicTensor[],
): tfl.LayersModel {
  const inputs = tfl.input({ shape: [6, 6, 3] });
  return tfl.model({ inputs, outputs: build(inputs) });
}

const applied = (layer: tfl.layers.Layer, x: tfl.SymbolicTensor) => layer.apply(x) as tfl.SymbolicTensor;

describe('a plan gives what the model gives', () => {
  const { layers } = tfl;
  const { glorotUniform } = tfl.initializers;
  const kernelInitializer = glorotUniform({ seed: 3 });
  test.each([
    ...Object.entries(fixture.networks).map(
      ([name, network]) =>
        [`the network of the comparison with Keras: ${name}`, () => buildNetwork(network)] as const,
    ),
    [
      'a convolution that two layers read, BatchNormalization one of them',
      () =>
        onMaps((x) => {
          const y = applied(
            layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', kernelInitializer }),
            x,
          );
          return layers.add().apply([y, applied(layers.batchNormalization(), y)]) as tfl.SymbolicTensor;
        }),
    ],
    [
      'zeros that a convolution and another layer read',
      () =>
        onMaps((x) => {
          const y = applied(
            layers.zeroPadding2d({
              padding: [
                [1, 0],
                [0, 2],
              ],
            }),
            x,
          );
          const z = applied(layers.conv2d({ filters: 2, kernelSize: 3, strides: 2, kernelInitializer }), y);
          return [z, applied(layers.maxPooling2d({ poolSize: 2 }), y)];
        }),
    ],
    [
      'activations in layers and by themselves',
      () =>
        onMaps((x) => {
          const options = { filters: 4, kernelSize: 2, kernelInitializer };
          const y = applied(layers.conv2d({ ...options, activation: 'tanh' }), x);
          const z = applied(layers.conv2d({ ...options, activation: 'relu6' }), y);
          return applied(layers.activation({ activation: 'softmax' }), applied(layers.reLU(), z));
        }),
    ],
    [
      'layers without operations of their own',
      () =>
        onMaps((x) => {
          const y = applied(
            layers.conv2dTranspose({ filters: 2, kernelSize: 2, strides: 2, kernelInitializer }),
            x,
          );
          return applied(
            layers.depthwiseConv2d({
              kernelSize: 2,
              dilationRate: 2,
              depthwiseInitializer: kernelInitializer,
            }),
            y,
          );
        }),
    ],
    [
      'activations whose slopes are not those of Keras 3, bilinear resizing',
      () =>
        onMaps((x) => {
          const y = applied(layers.activation({ activation: 'hardSigmoid' }), x);
          const z = applied(layers.activation({ activation: 'gelu_new' as 'elu' }), y);
          const w = applied(layers.thresholdedReLU({ theta: 0.1 }), z);
          return applied(layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear' }), w);
        }),
    ],
    [
      'a squeeze-and-excite block, whose factors have fewer axes',
      () =>
        onMaps((x) => {
          const squeezed = applied(layers.globalAveragePooling2d({}), x);
          const factors = applied(
            layers.dense({ units: 3, activation: 'hardSigmoid', kernelInitializer }),
            applied(layers.dense({ units: 2, activation: 'swish' as 'elu', kernelInitializer }), squeezed),
          );
          return layers.multiply().apply([x, factors]) as tfl.SymbolicTensor;
        }),
    ],
    [
      'a depthwise convolution of unequal strides',
      () =>
        onMaps((x) => {
          const options = {
            kernelSize: 3,
            strides: [1, 2] as [number, number],
            depthwiseInitializer: kernelInitializer,
          };
          const y = applied(layers.depthwiseConv2d({ ...options, padding: 'same', activation: 'relu' }), x);
          return applied(layers.batchNormalization(), applied(layers.depthwiseConv2d(options), y));
        }),
    ],
    [
      'BatchNormalization first, without gamma, off the last axis',
      () =>
        onMaps((x) => {
          const y = applied(layers.batchNormalization({ scale: false }), x);
          return applied(layers.batchNormalization({ axis: 1, center: false }), y);
        }),
    ],
    [
      'pooling over whole maps, flattening, dense layers, dropout',
      () =>
        onMaps((x) => {
          const max = applied(layers.globalMaxPooling2d({}), x);
          const flat = applied(
            layers.flatten(),
            applied(layers.averagePooling2d({ poolSize: 3, padding: 'same' }), x),
          );
          const all = layers.concatenate().apply([max, flat]) as tfl.SymbolicTensor;
          const y = applied(
            layers.batchNormalization(),
            applied(layers.dense({ units: 4, kernelInitializer }), all),
          );
          return applied(
            layers.dense({ units: 3, activation: 'sigmoid', kernelInitializer }),
            applied(layers.dropout({ rate: 0.5 }), y),
          );
        }),
    ],
  ] as const)('%s', (_, build) => {
    const model = build();
    const settled = new Classifier({
      model,
      backboneName: 'plan',
      preprocessing: { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 },
      stages: [],
      labels: ['a'],
      featureLayer: model.layers.at(-1)!.name,
      headLayers: [],
      thresholds: [0.5],
    });
    expectTheSame(settle(settled.model));
    settled.dispose();
  });

  test('the face network', async () => {
    const { model } = await faceResnet({ weights: null, inputSize: [104, 104], includeTop: true });
    expectTheSame(model);
    model.dispose();
  });
});

describe('a plan fuses', () => {
  test('every BatchNormalization, ReLU and padding of ResNet50 but the one before its pooling', async () => {
    const { model } = await resnet50({ weights: null, inputSize: [64, 64] });
    const { Conv2D, Add, Pad, ScaleAndShift, Activation, BatchNorm, LayerCall } = kinds(model);
    expect({ Conv2D, Pad, ScaleAndShift, Activation, BatchNorm, LayerCall }).toEqual({
      Conv2D: 53,
      Pad: 1,
      ScaleAndShift: undefined,
      Activation: undefined,
      BatchNorm: undefined,
      LayerCall: undefined,
    });
    expect(Add).toBe(53 + 16); // a shift of each bias, and the shortcuts
    model.dispose();
  });

  test('BatchNormalization in training too, where its statistics are fixed', async () => {
    const { model } = await resnet50({ weights: null, inputSize: [64, 64] });
    unfreeze(model);
    expect(kinds(model, true).BatchNorm).toBeUndefined();
    unfreeze(model, 'all', { batchNorm: 'training' });
    freeze(model, { first: 10 });
    expect(kinds(model, true).BatchNorm).toBe(51);
    model.dispose();
  });
});

test('a layer that may be random in training is not planned, and the reason says what helps', () => {
  class Shaky extends tfl.layers.Layer {
    static readonly className = 'Shaky';

    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return tf.neg([inputs].flat()[0]);
    }
  }
  const model = onMaps((x) => applied(new Shaky({}), x));
  expect(() => modelProgram(model, { training: true })).toThrow(NotAProgramError);
  expect(() => modelProgram(model, { training: true })).toThrow(
    /is a Shaky, which may be random in training; give its class `static sameInTraining = true`/,
  );
  expectTheSame(model);
});
