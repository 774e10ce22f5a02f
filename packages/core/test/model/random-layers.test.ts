import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registerLayers, SpatialDropout2D } from '../../src';
import { modelProgram } from '../../src/model/model-program';
import { interpreted } from '../../src/run/interpret';
import { random } from '../../src/training/random';

const { layers } = tfl;

beforeEach(() => tf.setBackend('cpu'));
afterEach(() => tf.disposeVariables());

function planned(layer: tfl.layers.Layer, sizes: readonly number[], training = true) {
  const inputs = tfl.input({ shape: [...sizes] });
  return modelProgram(tfl.model({ inputs, outputs: layer.apply(inputs) as tfl.SymbolicTensor }), {
    training,
  });
}

/** What a layer makes of x in training, where its random numbers are all known. */
async function withNoise(
  layer: tfl.layers.Layer,
  x: readonly number[],
  noise: readonly number[],
): Promise<number[]> {
  const { program, inputs, outputs, dropouts } = planned(layer, [x.length]);
  const runner = interpreted({ outputs: { program, outputs } });
  const given = [tf.tensor2d([...x], [1, x.length]), tf.tensor2d([...noise], [1, x.length])];
  const [y] = await runner.run(
    'outputs',
    new Map([
      [inputs[0], given[0]],
      [dropouts[0].mask, given[1]],
    ]),
  );
  const values = [...y.dataSync()];
  runner.dispose();
  tf.dispose([...given, y]);
  return values;
}

/** Mean, deviation and the share of zeros of what is drawn. */
function drawn(layer: tfl.layers.Layer) {
  const [{ draw }] = planned(layer, [2]).dropouts;
  const next = random(1);
  const numbers = Array.from({ length: 20_000 }, () => draw(next));
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  return {
    mean,
    deviation: Math.sqrt(variance),
    zeros: numbers.filter((x) => x === 0).length / numbers.length,
  };
}

describe('what a layer draws', () => {
  test.each<[string, () => tfl.layers.Layer, number, number, number]>([
    // Zeros and numbers of 1 / (1 − rate) have mean 1 and variance rate / (1 − rate).
    ['Dropout', () => layers.dropout({ rate: 0.2 }), 1, 0.5, 0.2],
    ['GaussianDropout', () => layers.gaussianDropout({ rate: 0.2 }), 1, 0.5, 0],
    ['GaussianNoise', () => layers.gaussianNoise({ stddev: 0.3 }), 0, 0.3, 0],
    ['AlphaDropout', () => layers.alphaDropout({ rate: 0.2 }), 0.8, 0.4, 0.2],
  ])('%s', (_, make, mean, deviation, zeros) => {
    const found = drawn(make());
    expect(Math.abs(found.mean - mean)).toBeLessThan(0.015);
    expect(Math.abs(found.deviation - deviation)).toBeLessThan(0.015);
    expect(Math.abs(found.zeros - zeros)).toBeLessThan(0.015);
  });
});

describe('what it makes of an array', () => {
  test('Dropout multiplies', async () => {
    expect(await withNoise(layers.dropout({ rate: 0.5 }), [1, 2, 3], [2, 0, 2])).toEqual([2, 0, 6]);
  });

  test('GaussianNoise adds', async () => {
    expect(await withNoise(layers.gaussianNoise({ stddev: 1 }), [1, 2, 3], [1, -2, 0.5])).toEqual([
      2, 0, 3.5,
    ]);
  });

  test('AlphaDropout keeps mean 0 and variance 1', async () => {
    const rate = 0.3;
    const next = random(3);
    const normal = Array.from({ length: 20_000 }, () => {
      const sum = Array.from({ length: 12 }, next).reduce((total, x) => total + x, -6);
      return sum;
    });
    const kept = normal.map(() => Number(next() >= rate));
    const y = await withNoise(layers.alphaDropout({ rate }), normal, kept);
    const mean = y.reduce((sum, x) => sum + x, 0) / y.length;
    const variance = y.reduce((sum, x) => sum + (x - mean) ** 2, 0) / y.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(new Set(y.filter((_, i) => kept[i] === 0)).size).toBe(1);
  });
});

describe('the sizes of a mask', () => {
  test.each<[string, () => tfl.layers.Layer, number[], (number | null)[]]>([
    ['Dropout', () => layers.dropout({ rate: 0.5 }), [4, 3, 2], [null, 4, 3, 2]],
    [
      'Dropout of whole channels',
      () => layers.dropout({ rate: 0.5, noiseShape: [null as never, 1, 1, null as never] }),
      [4, 3, 2],
      [null, 1, 1, 2],
    ],
    [
      'Dropout, the same for all images',
      () => layers.dropout({ rate: 0.5, noiseShape: [1, 3] }),
      [3],
      [1, 3],
    ],
    ['SpatialDropout1D', () => layers.spatialDropout1d({ rate: 0.5 }), [4, 3], [null, 1, 3]],
    ['SpatialDropout2D', () => new SpatialDropout2D({ rate: 0.5 }), [4, 3, 2], [null, 1, 1, 2]],
  ])('%s', (_, make, sizes, expected) => {
    expect(planned(make(), sizes).dropouts.map(({ mask }) => mask.sizes)).toEqual([expected]);
  });
});

test.each<[string, () => tfl.layers.Layer]>([
  ['Dropout', () => layers.dropout({ rate: 0.5 })],
  ['GaussianDropout', () => layers.gaussianDropout({ rate: 0.5 })],
  ['GaussianNoise', () => layers.gaussianNoise({ stddev: 1 })],
  ['AlphaDropout', () => layers.alphaDropout({ rate: 0.5 })],
  ['SpatialDropout1D', () => layers.spatialDropout1d({ rate: 0.5 })],
])('%s does nothing but in training', (_, make) => {
  const { program, dropouts } = planned(make(), [4, 3], false);
  expect(dropouts).toEqual([]);
  expect(program.operations.map(({ kind }) => kind.name)).toEqual(['Input']);
});

test('SpatialDropout2D by its own call drops whole channels, and is found by its name', async () => {
  registerLayers();
  const model = tfl.sequential({
    layers: [
      tfl.layers.inputLayer({ inputShape: [4, 4, 32] }),
      new SpatialDropout2D({ rate: 0.5, name: 'drop' }),
    ],
  });
  const copy = await tfl.models.modelFromJSON(model.toJSON(null, false) as never);
  expect(copy.getLayer('drop')).toBeInstanceOf(SpatialDropout2D);
  const y = copy.apply(tf.ones([1, 4, 4, 32]), { training: true }) as tf.Tensor;
  const channels = tf.unstack(tf.reshape(y, [16, 32]), 1).map((channel) => [...new Set(channel.dataSync())]);
  expect(channels.every((values) => values.length === 1 && [0, 2].includes(values[0]))).toBe(true);
  expect(new Set(channels.flat()).size).toBe(2);
});
