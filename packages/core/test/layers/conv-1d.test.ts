import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { OptionError, registerLayers } from '../../src';
import { copyModel } from '../../src/classifier/copy-model';
import { Conv1D, type Conv1DArgs } from '../../src/layers/conv-1d';

beforeAll(async () => {
  registerLayers();
  await tf.setBackend('cpu');
});
afterEach(() => tf.disposeVariables());

const values = (shape: readonly number[], seed: number) =>
  tf.randomUniform([...shape], -1, 1, 'float32', seed);

/** A convolution by its definition: sums over places and channels, one number after the other. */
function byDefinition(x: number[][], kernel: number[][][], bias: number[], of: Conv1DArgs): number[][] {
  const {
    groups = 1,
    padding = 'valid',
    strides: stride = 1,
    dilationRate: dilation = 1,
  } = of as {
    readonly groups?: number;
    readonly padding?: string;
    readonly strides?: number;
    readonly dilationRate?: number;
  };
  const [places, inGroup, filters] = [kernel.length, kernel[0].length, bias.length];
  const reach = (places - 1) * dilation;
  const outputs = Math.ceil((padding === 'valid' ? x.length - reach : x.length) / stride);
  const missing = Math.max((outputs - 1) * stride + reach + 1 - x.length, 0);
  const before = { valid: 0, same: Math.floor(missing / 2), causal: reach }[padding] ?? 0;
  return Array.from({ length: outputs }, (_, step) =>
    bias.map((constant, filter) => {
      const first = Math.floor(filter / (filters / groups)) * inGroup;
      let sum = constant;
      for (const [place, channels] of kernel.entries()) {
        const row = x[step * stride + place * dilation - before];
        for (const [channel, weights] of channels.entries())
          sum += (row?.[first + channel] ?? 0) * weights[filter];
      }
      return sum;
    }),
  );
}

test.each<Partial<Conv1DArgs>>([
  {},
  { strides: 2, padding: 'same' },
  { dilationRate: 2, padding: 'same' },
  { padding: 'causal' },
  { padding: 'causal', dilationRate: 3 },
  { padding: 'causal', strides: 3 },
  { groups: 2 },
  { groups: 4, padding: 'same', strides: 2 },
  { groups: 2, padding: 'causal', dilationRate: 2 },
])('a Conv1D with %j computes its definition, of the shape that it says', (given) => {
  const options = { filters: 4, kernelSize: 3, ...given } as Conv1DArgs;
  const layer = new Conv1D(options);
  const said = layer.apply(tfl.input({ shape: [11, 4] })) as tfl.SymbolicTensor;
  layer.setWeights([values([3, 4 / (options.groups ?? 1), 4], 1), values([4], 2)]);
  const x = values([2, 11, 4], 3) as tf.Tensor3D;
  const y = layer.apply(x) as tf.Tensor3D;
  const [kernel, bias] = layer.getWeights().map((weight) => weight.arraySync()) as [number[][][], number[]];
  const expected = x.arraySync().map((one) => byDefinition(one, kernel, bias, options));
  expect(y.shape).toEqual([2, expected[0].length, 4]);
  expect(said.shape).toEqual([null, expected[0].length, 4]);
  const error = tf.max(tf.abs(tf.sub(y, tf.tensor3d(expected)))).dataSync()[0];
  expect(error).toBeLessThan(1e-5);
});

test('a Conv1D with its channels first is the one with its channels last, transposed', () => {
  const options = { filters: 6, kernelSize: 3, padding: 'causal', groups: 2, activation: 'relu' } as const;
  const [last, first] = [new Conv1D(options), new Conv1D({ ...options, dataFormat: 'channelsFirst' })];
  const x = values([2, 7, 4], 1);
  const turned = tf.transpose(x, [0, 2, 1]);
  const expected = last.apply(x) as tf.Tensor;
  expect((first.apply(tfl.input({ shape: [4, 7] })) as tfl.SymbolicTensor).shape).toEqual([null, 6, 7]);
  first.setWeights(last.getWeights());
  const y = tf.transpose(first.apply(turned) as tf.Tensor, [0, 2, 1]);
  expect([...y.dataSync()]).toEqual([...expected.dataSync()]);
});

test('a copy of a network with a Conv1D of tfjs-layers computes the same', () => {
  const { layers } = tfl;
  const model = tfl.sequential({
    layers: [
      layers.conv1d({ filters: 3, kernelSize: 3, strides: 2, activation: 'relu', inputShape: [12, 2] }),
      layers.conv1d({ filters: 3, kernelSize: 2, dilationRate: 2, padding: 'same', useBias: false }),
      layers.flatten(),
      layers.dense({ units: 2 }),
    ],
  });
  const x = values([2, 12, 2], 1);
  const [expected, found] = [model, copyModel(model, {})].map((one) =>
    (one.predict(x) as tf.Tensor).dataSync(),
  );
  expect(tf.max(tf.abs(tf.sub(found, expected))).dataSync()[0]).toBeLessThan(1e-6);
});

test('groups that do not divide the channels are refused', () => {
  const layer = new Conv1D({ filters: 4, kernelSize: 1, groups: 2 });
  expect(() => layer.apply(tfl.input({ shape: [5, 3] }))).toThrow(OptionError);
  expect(() => layer.apply(tfl.input({ shape: [5, 3] }))).toThrow(
    'Conv1D: expected numbers of channels that 2 groups divide; received 3 channels, 4 filters.',
  );
});
