import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import * as ort from 'onnxruntime-web';
import { afterEach, describe, expect, test } from 'vitest';
import {
  backbone,
  type Classifier,
  type ClassifierOptions,
  classifier,
  ExportError,
  ensemble,
  exportOnnx,
  OptionError,
  onnxBytes,
  unfreeze,
} from '../../src';
import { OnnxType, onnxModel } from '../../src/persistence/onnx/onnx-messages';
import { writeOnnx } from '../../src/persistence/onnx/write-onnx';
import { Program } from '../../src/program/ir';
import { conv2d } from '../../src/program/operations/convolution';
import { constant, input } from '../../src/program/operations/sources';
import { runAtOnce } from '../../src/run/interpret';
import { random } from '../../src/training/random';
import { operationCases } from '../program/operation-cases';
import { LABELS, tensorCount, tinyBackbone } from '../tiny';
import { tokens, variedBackbone } from './varied-backbone';

afterEach(() => tf.disposeVariables());

/** Runs a model of one input and one output in ONNX Runtime. */
async function run(model: Uint8Array, images: ort.Tensor): Promise<ort.Tensor> {
  const session = await ort.InferenceSession.create(model, { logSeverityLevel: 3 });
  const { [session.outputNames[0]]: output } = await session.run({ [session.inputNames[0]]: images });
  await session.release();
  return output;
}

function asInput(pixels: tf.Tensor): ort.Tensor {
  return new ort.Tensor('float32', Float32Array.from(pixels.dataSync()), pixels.shape);
}

/** A classifier whose weights, BatchNormalization's among them, are all random. */
function trained(
  given: Parameters<typeof classifier>[0],
  options: Partial<ClassifierOptions> = {},
): Classifier {
  const model = classifier(given, { labels: LABELS, ...options });
  unfreeze(model);
  const next = random(3);
  for (const weight of model.model.weights) {
    const values = Float32Array.from({ length: tf.util.sizeFromShape(weight.shape as number[]) }, () =>
      next(),
    );
    const isFactor = /gamma|variance/.test(weight.originalName);
    const shifted = values.map((value) => (isFactor ? value + 0.5 : (value - 0.5) * 0.6));
    weight.write(tf.tensor(shifted, weight.shape as number[]));
  }
  return model;
}

const preprocessing = { channelOrder: 'bgr', mean: [100, 120, 140], scale: [0.01, 0.02, 0.03] } as const;

describe('ONNX Runtime says what predict says of', () => {
  test.each<[string, () => Classifier | Promise<Classifier>]>([
    ['convolutions, BatchNormalization and a residual addition', () => trained(tinyBackbone())],
    [
      'images whose channels are in reverse and scaled apart',
      () => trained({ ...tinyBackbone(), preprocessing }),
    ],
    ['models in models, shared layers, merges and every kind of map layer', () => trained(variedBackbone())],
    ['a transformer’s class token', () => trained(tokens(), { pooling: 'token' })],
    [
      'two networks side by side that take other channels',
      () => trained([tinyBackbone('one'), { ...tinyBackbone('two'), preprocessing }]),
    ],
    [
      'an ensemble as one classifier',
      () => {
        const members = [trained(tinyBackbone()), trained({ ...tinyBackbone(), preprocessing })];
        members[1].calibration = { slopes: [0.5, 2], intercepts: [0.3, -1] };
        return ensemble(members).merged();
      },
    ],
    [
      'squeeze and excite, hard swish and depthwise convolutions',
      async () =>
        classifier(await backbone('mobilenet_v3_small', { weights: null, inputSize: [32, 32] }), {
          labels: LABELS,
        }),
    ],
  ])('%s, for one image and for several', async (_, make) => {
    const model = await make();
    const bytes = await onnxBytes(model);
    for (const count of [1, 3]) {
      const pixels = tf.randomUniform<tf.Rank.R4>([count, ...model.inputSize, 3], 0, 255, 'float32', 5);
      const expected = await model.predict(pixels);
      const scores = await run(bytes, asInput(pixels));
      expect(scores.dims).toEqual(expected.shape);
      for (const [i, score] of (scores.data as Float32Array).entries()) {
        expect(Math.abs(score - expected.data[i])).toBeLessThan(1e-5);
      }
    }
  });

  test('a calibrated classifier', async () => {
    const model = trained(tinyBackbone());
    model.calibration = { slopes: [0.5, 2], intercepts: [0.3, -1] };
    const pixels = tf.randomUniform<tf.Rank.R4>([3, 8, 8, 3], 0, 255, 'float32', 5);
    const expected = await model.predict(pixels);
    const scores = await run(await onnxBytes(model), asInput(pixels));
    for (const [i, score] of (scores.data as Float32Array).entries())
      expect(score).toBeCloseTo(expected.data[i], 5);
  });

  test('pixels as bytes', async () => {
    const model = trained(tinyBackbone());
    const pixels = Uint8Array.from({ length: 2 * 8 * 8 * 3 }, (_, i) => (i * 37) % 256);
    const expected = await model.predict(tf.tensor4d(Float32Array.from(pixels), [2, 8, 8, 3]));
    const scores = await run(
      await onnxBytes(model, { input: 'uint8' }),
      new ort.Tensor('uint8', pixels, [2, 8, 8, 3]),
    );
    for (const [i, score] of (scores.data as Float32Array).entries())
      expect(score).toBeCloseTo(expected.data[i], 5);
  });
});

/** Operations of training alone, which no exported model has. */
const isForTraining = (name: string) => /^batch normalisation|of logits/.test(name);

describe('each operation of a program is in ONNX what it is in TensorFlow.js', () => {
  test.each(
    operationCases
      .filter(({ name }) => !isForTraining(name))
      .flatMap((of) => [
        { ...of, behind: false },
        ...(of.sizes[0].length === 4
          ? [{ ...of, name: `${of.name}, behind a convolution`, behind: true }]
          : []),
      ]),
  )('$name', async ({ sizes: [first, ...others], range: [low, high] = [-1, 1], behind, build }) => {
    const next = random(11);
    const numbers = (sizes: readonly number[]) =>
      Array.from({ length: tf.util.sizeFromShape([...sizes]) }, () => low + (high - low) * next());
    const program = new Program();
    const given = input(program, [], { name: 'x', sizes: first });
    const channels = first.at(-1)!;
    const identity = Array.from({ length: channels ** 2 }, (_, i) => Number(i % (channels + 1) === 0));
    const kernel = behind && constant(program, [], { values: identity, sizes: [1, 1, channels, channels] });
    const x = kernel ? conv2d(program, [given, kernel], { strides: [1, 1], padding: 'valid' }) : given;
    const constants = others.map((sizes) => constant(program, [], { values: numbers(sizes), sizes }));
    const wanted = build(program, [x, ...constants]);

    const values = tf.tensor(numbers(first), [...first]);
    const [expected] = runAtOnce({ program, outputs: [wanted] }, new Map([[given, values]]));
    const graph = await writeOnnx(program, given, wanted, { input: 'x', output: 'y' });
    const port = (name: string, sizes: readonly (number | null)[]) => ({ name, type: OnnxType.float, sizes });
    const model = onnxModel({
      ...graph,
      name: 'case',
      input: port('x', given.sizes),
      output: port('y', wanted.sizes),
      metadata: {},
    });
    const result = await run(model, asInput(values));
    expect(result.dims).toEqual(expected.shape);
    for (const [i, value] of expected.dataSync().entries()) {
      const difference = Math.abs((result.data as Float32Array)[i] - value);
      expect(difference).toBeLessThan(1e-5 * (1 + Math.abs(value)));
    }
  });
});

describe('the file', () => {
  test('has labels, thresholds and the backbone’s name in its metadata', async () => {
    const model = trained(tinyBackbone());
    model.thresholds = [0.25, 0.75];
    expect(metadata(await onnxBytes(model))).toEqual({
      labels: JSON.stringify(LABELS),
      thresholds: '[0.25,0.75]',
      backbone: 'tiny',
    });
  });

  test('is written into new folders, and replaces the one before', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'thaw-onnx-'));
    const file = path.join(folder, 'new', 'model.onnx');
    await exportOnnx(trained(tinyBackbone()), file);
    const model = trained(tinyBackbone());
    await exportOnnx(model, file);
    expect(await readdir(path.dirname(file))).toEqual(['model.onnx']);
    expect(new Uint8Array(await readFile(file))).toEqual(await onnxBytes(model));
  });

  test('is made without a tensor left behind', async () => {
    const model = trained(tinyBackbone());
    const before = tensorCount();
    await onnxBytes(model);
    expect(tensorCount()).toBe(before);
  });
});

describe('one clear error', () => {
  test('for a layer that is no program, by its name', async () => {
    const base = tinyBackbone();
    const odd = tfl.layers.conv2dTranspose({ filters: 2, kernelSize: 2, name: 'odd' });
    const model = tfl.model({
      inputs: base.model.inputs,
      outputs: odd.apply(base.model.outputs[0]) as tfl.SymbolicTensor,
    });
    const run = onnxBytes(classifier({ ...base, model }, { labels: LABELS }));
    await expect(run).rejects.toThrow(ExportError);
    await expect(run).rejects.toThrow(
      'exportOnnx: expected a model of layers that ONNX has operators for; layer "odd", a Conv2DTranspose, is none of them.',
    );
  });

  test('for an input of another type', async () => {
    const run = onnxBytes(trained(tinyBackbone()), { input: 'int8' as 'uint8' });
    await expect(run).rejects.toThrow(OptionError);
    await expect(run).rejects.toThrow(
      `exportOnnx: expected input to be 'float32' or 'uint8'; received "int8".`,
    );
    const misspelt = { inputs: 'uint8' } as object;
    await expect(onnxBytes(trained(tinyBackbone()), misspelt)).rejects.toThrow(/received "inputs"/);
  });

  test('for a place that can’t be written', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'thaw-onnx-')), 'file');
    await writeFile(file, '');
    const run = exportOnnx(trained(tinyBackbone()), path.join(file, 'model.onnx'));
    await expect(run).rejects.toThrow(/exportOnnx: expected to write into .*; ENOTDIR/);
  });
});

/** The entries of field 14, metadata_props, of an ONNX model. */
function metadata(model: Uint8Array): Record<string, string> {
  const entries: [string, string][] = [];
  const reader = new BinaryReader(model);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field !== 14) {
      reader.skip(type);
      continue;
    }
    const entry = new BinaryReader(reader.bytes());
    entry.tag();
    const key = entry.string();
    entry.tag();
    entries.push([key, entry.string()]);
  }
  return Object.fromEntries(entries);
}
