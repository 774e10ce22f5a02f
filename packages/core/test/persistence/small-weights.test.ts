import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Classifier,
  classifier,
  freeze,
  load,
  OptionError,
  openModel,
  SavedModelError,
  trainableSummary,
  type WeightsType,
} from '../../src';
import { random } from '../../src/training/random';
import { modelWeights } from '../../src/weights/model-weights';
import { LABELS, tensorCount, tinyImages } from '../tiny';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'thaw-small-')), 'model');
});
afterEach(() => tf.disposeVariables());

/** A convolution, a depthwise one, BatchNormalization with variances outside of float16's range, and a frozen layer. */
function trained(): Classifier {
  const { layers } = tfl;
  const image = tfl.input({ shape: [8, 8, 3], name: 'image' });
  const outputs = [
    layers.conv2d({ filters: 32, kernelSize: 3, name: 'conv' }),
    layers.batchNormalization({ name: 'norm' }),
    layers.depthwiseConv2d({ kernelSize: 3, name: 'depthwise' }),
    layers.conv2d({ filters: 32, kernelSize: 3, name: 'last' }),
  ].reduce((x, layer) => layer.apply(x) as tfl.SymbolicTensor, image);
  const preprocessing = { channelOrder: 'rgb', mean: [127, 127, 127], scale: 0.01 } as const;
  const backbone = { name: 'small', model: tfl.model({ inputs: image, outputs }), preprocessing, stages: [] };
  const model = classifier(backbone, { labels: LABELS });
  model.thresholds = [0.3, 0.7];
  freeze(model, { upTo: 'norm' });
  const next = random(5);
  for (const { name, variable } of modelWeights(model.model)) {
    const least = name.endsWith('variance') ? 0.5 : -0.4;
    const values = Float32Array.from({ length: variable.size }, () => next() + least);
    if (name === 'norm/moving_variance') values.set([1e6, 1e-9]);
    if (name === 'conv/kernel') values.set([0, -0]);
    variable.assign(tf.tensor(values, variable.shape));
  }
  return model;
}

function values({ model }: Pick<Classifier, 'model'>): Record<string, Float32Array> {
  return Object.fromEntries(
    modelWeights(model).map(({ name, variable }) => [name, variable.dataSync<'float32'>()]),
  );
}

async function weightBytes(): Promise<number> {
  const file = (await readdir(folder)).find((name) => name.endsWith('.bin'))!;
  return (await stat(join(folder, file))).size;
}

const types = ['float16', 'int8'] as const satisfies readonly WeightsType[];

/** The largest error of a kernel's numbers that each way of storing may make. */
function largestError(name: string, type: WeightsType, numbers: Float32Array): number {
  const size = Math.max(...numbers.map(Math.abs));
  const range = Math.max(0, ...numbers) - Math.min(0, ...numbers);
  return type === 'float16' || /depthwise|predictions/.test(name) ? size * 2 ** -11 : range / 255 / 2 + 1e-7;
}

describe.each(types)('weights as %s', (type) => {
  test('come back near what they were, biases and BatchNormalization exactly', async () => {
    const model = trained();
    await model.save(folder, { weights: type });
    const [before, after] = [values(model), values(await load(folder))];
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [name, numbers] of Object.entries(before)) {
      const errors = numbers.map((number, i) => Math.abs(number - after[name][i]));
      const isKernel = name.endsWith('kernel');
      expect(Math.max(...errors), name).toBeLessThanOrEqual(isKernel ? largestError(name, type, numbers) : 0);
    }
    expect(after['norm/moving_variance'].slice(0, 2)).toEqual(Float32Array.of(1e6, 1e-9));
  });

  test('keep labels, thresholds and what is frozen', async () => {
    const model = trained();
    await model.save(folder, { weights: type });
    const loaded = await load(folder);
    expect(loaded.labels).toEqual(LABELS);
    expect(loaded.thresholds).toEqual([0.3, 0.7]);
    expect(String(trainableSummary(loaded))).toBe(String(trainableSummary(model)));
  });

  test('predict nearly the same, also opened as a model of TensorFlow.js', async () => {
    const model = trained();
    await model.save(folder, { weights: type });
    const [ours, theirs] = [
      await model.predict(tinyImages(8)),
      await (await load(folder)).predict(tinyImages(8)),
    ];
    for (const [i, score] of theirs.data.entries()) expect(Math.abs(score - ours.data[i])).toBeLessThan(0.05);
    const json = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
    const [{ paths, weights }] = json.weightsManifest;
    const weightData = Uint8Array.from(await readFile(join(folder, paths[0]))).buffer;
    const plain = await tfl.loadLayersModel(
      tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: weights, weightData }),
    );
    expect(values({ model: plain })).toEqual(values(await load(folder)));
    expect(values({ model: await openModel(folder) })).toEqual(values(await load(folder)));
  });

  test('that were changed in the file are refused by their hash', async () => {
    await trained().save(folder, { weights: type });
    const file = join(folder, (await readdir(folder)).find((name) => name.endsWith('.bin'))!);
    const content = await readFile(file);
    content[40] ^= 1;
    await writeFile(file, content);
    await expect(load(folder)).rejects.toThrow(SavedModelError);
    await expect(load(folder)).rejects.toThrow(/to have the SHA-256 in its name/);
  });

  test('are saved again without another loss', async () => {
    await trained().save(folder, { weights: type });
    const once = await load(folder);
    await once.save(folder, { weights: type });
    const [before, after] = [values(once), values(await load(folder))];
    for (const [name, numbers] of Object.entries(before)) {
      const error = Math.max(...numbers.map((number, i) => Math.abs(number - after[name][i])));
      expect(error, name).toBeLessThan(1e-6);
    }
  });

  test('leave no tensor behind', async () => {
    const model = trained();
    await model.save(folder, { weights: type });
    const before = tensorCount();
    await model.save(folder, { weights: type });
    expect(tensorCount()).toBe(before);
  });
});

test('float16 takes half of the kernels’ bytes, int8 a quarter', async () => {
  const model = trained();
  const sizes: number[] = [];
  for (const weights of ['float32', 'float16', 'int8'] as const) {
    await model.save(folder, { weights });
    sizes.push(await weightBytes());
  }
  const kernels = { convolutions: 3 * 3 * 3 * 32 + 3 * 3 * 32 * 32, few: 3 * 3 * 32 + 32 * 2 };
  const others = sizes[0] - 4 * (kernels.convolutions + kernels.few);
  expect(sizes[1]).toBe(others + 2 * (kernels.convolutions + kernels.few));
  expect(sizes[2]).toBe(others + kernels.convolutions + 2 * kernels.few);
});

test('a weight of 0 stays 0 in 8 bits', async () => {
  await trained().save(folder, { weights: 'int8' });
  expect(
    values(await load(folder))
      ['conv/kernel'].slice(0, 2)
      .every((value) => Math.abs(value) < 1e-8),
  ).toBe(true);
});

test.each([1e6, Number.POSITIVE_INFINITY])(
  'a kernel with %d, which float16 can’t hold, stays as it is',
  async (large) => {
    const model = trained();
    const kernel = modelWeights(model.model).find(({ name }) => name === 'last/kernel')!.variable;
    const numbers = kernel.dataSync<'float32'>().slice();
    numbers[3] = large;
    kernel.assign(tf.tensor(numbers, kernel.shape));
    await model.save(folder, { weights: 'float16' });
    expect(values(await load(folder))['last/kernel']).toEqual(numbers);
  },
);

test('a kernel of zeros alone stays zeros', async () => {
  const model = trained();
  const kernel = modelWeights(model.model).find(({ name }) => name === 'last/kernel')!.variable;
  kernel.assign(tf.zerosLike(kernel));
  await model.save(folder, { weights: 'int8' });
  expect(values(await load(folder))['last/kernel'].every((value) => value === 0)).toBe(true);
});

test.each([
  [{ weights: 'uint8' }, `save: expected weights to be 'float32' or 'float16' or 'int8'; received "uint8".`],
  [{ weight: 'int8' }, 'save: expected options among weights; received "weight".'],
])('the options %j are refused', async (options, message) => {
  const run = trained().save(folder, options as object);
  await expect(run).rejects.toThrow(OptionError);
  await expect(run).rejects.toThrow(message);
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
});

test.each([
  { dtype: 'uint8', scale: null, min: 0 },
  { dtype: 'int4', scale: 1, min: 0 },
  { dtype: 'uint8', scale: 1 },
])('a model.json with the quantization %j is refused', async (quantization) => {
  await trained().save(folder, { weights: 'int8' });
  const file = join(folder, 'model.json');
  const json = JSON.parse(await readFile(file, 'utf8'));
  json.weightsManifest[0].weights[0].quantization = quantization;
  await writeFile(file, JSON.stringify(json));
  await expect(load(folder)).rejects.toThrow(SavedModelError);
});
