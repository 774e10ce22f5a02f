import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  classifier,
  ExportError,
  exportKeras,
  freeze,
  kerasBytes,
  load,
  openModel,
  SavedModelError,
  trainableSummary,
  unfreeze,
  WeightsFileError,
} from '../../src';
import { readZip } from '../../src/weights/read-zip';
import { zipOf } from '../../src/weights/write-zip';
import keras from '../fixtures/formats/keras3-from-thaw.json' with { type: 'json' };
import { bytes, LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';
import { tokens, variedBackbone } from './varied-backbone';

afterEach(() => tf.disposeVariables());

/** A classifier with weights, thresholds and a freeze state of its own. */
function trained(backbone = tinyBackbone()) {
  const model = classifier(backbone, { labels: LABELS });
  model.thresholds = [0.3, 0.7];
  model.calibration = { slopes: [0.5, 2], intercepts: [0.3, -1] };
  freeze(model, /one_/);
  unfreeze(model, /two_bn/, { batchNorm: 'affine' });
  unfreeze(model, /head_norm/, { batchNorm: 'training' });
  for (const weight of model.model.weights) weight.write(tf.randomUniform(weight.shape as number[], 0.1, 1));
  return model;
}

/** The files of a `.keras` file, parsed if they are JSON. */
async function contents(file: Uint8Array): Promise<Record<string, unknown>> {
  const entries = [...readZip(file, 'the test')].map(async ([name, entry]) => {
    const content = await entry.read();
    return [name, name.endsWith('.json') ? JSON.parse(new TextDecoder().decode(content)) : content];
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('a .keras file and back', () => {
  test('brings back weights, labels, thresholds, preprocessing, stages and freeze state', async () => {
    const model = trained();
    const loaded = await load(await kerasBytes(model));
    expect(bytes(loaded)).toEqual(bytes(model));
    expect(loaded.labels).toEqual(LABELS);
    expect(loaded.thresholds).toEqual([0.3, 0.7]);
    expect(loaded.calibration).toEqual({ slopes: [0.5, 2], intercepts: [0.3, -1] });
    expect(loaded.preprocessing).toEqual(model.preprocessing);
    expect(loaded.stages).toEqual(model.stages);
    expect(String(trainableSummary(loaded))).toBe(String(trainableSummary(model)));
    const images = tinyImages(4);
    expect(await loaded.predict(images)).toEqual(await model.predict(images));
  });

  test.each([
    ['models in models, shared layers, merges and every kind of map layer', variedBackbone],
    ['tokens', tokens],
  ])('keeps the numbers of %s', async (_, backbone) => {
    const model = classifier(backbone(), {
      labels: LABELS,
      ...(backbone === tokens ? { pooling: 'token' } : {}),
    });
    const loaded = await load(await kerasBytes(model));
    expect(bytes(loaded)).toEqual(bytes(model));
    const x = tf.randomUniform([2, 32, 32, 3], -1, 1, 'float32', 3);
    const [ours, theirs] = [model, loaded].map((one) => one.model.predict(x) as tf.Tensor);
    for (const [i, value] of theirs.dataSync().entries()) expect(value).toBeCloseTo(ours.dataSync()[i], 6);
  });

  test('leaves no tensor behind', async () => {
    const model = trained();
    await kerasBytes(model);
    const before = tensorCount();
    const loaded = await load(await kerasBytes(model));
    expect(tensorCount() - before).toBe(loaded.model.weights.length);
  });

  test('the same classifier gives a file of the same size and the same description', async () => {
    const model = trained();
    const [a, b] = [await kerasBytes(model), await kerasBytes(model)];
    expect(a.length).toBe(b.length);
    const [one, two] = [await contents(a), await contents(b)];
    expect(one['config.json']).toEqual(two['config.json']);
    expect(one['thaw.json']).toEqual(two['thaw.json']);
  });
});

describe('what Keras is told', () => {
  test('the flag trainable of each layer', async () => {
    const model = trained();
    const { 'config.json': config } = (await contents(await kerasBytes(model))) as {
      'config.json': { config: { layers: { name: string; config: { trainable?: boolean } }[] } };
    };
    const flags = Object.fromEntries(
      config.config.layers.map((layer) => [layer.name, layer.config.trainable]),
    );
    expect(flags).toMatchObject({
      one_conv: false,
      one_bn: false,
      two_conv: true,
      two_bn: true,
      predictions: true,
    });
  });

  test('activations by Keras’ names', async () => {
    const backbone = tinyBackbone();
    const activated = (['swish', 'hardSwish', 'gelu'] as const).reduce(
      (x, activation) =>
        tfl.layers
          .activation({ activation: activation as 'gelu', name: activation })
          .apply(x) as tfl.SymbolicTensor,
      backbone.model.outputs[0],
    );
    const model = tfl.model({ inputs: backbone.model.inputs, outputs: activated });
    const file = await contents(await kerasBytes(classifier({ ...backbone, model }, { labels: LABELS })));
    const text = JSON.stringify(file['config.json']);
    for (const name of ['silu', 'hard_silu', 'gelu']) expect(text).toContain(`"activation":"${name}"`);
  });
});

describe('a .keras file that Keras saved', () => {
  const withoutMetadata = async (file: Uint8Array) => {
    const { 'thaw.json': _, ...entries } = Object.fromEntries(readZip(file, 'the test'));
    const read = Object.entries(entries).map(async ([name, entry]) => [name, await entry.read()] as const);
    return zipOf(Object.fromEntries(await Promise.all(read)));
  };

  test('has no labels, which the option like gives it', async () => {
    const model = trained();
    const file = await withoutMetadata(await kerasBytes(model));
    await expect(load(file)).rejects.toThrow(SavedModelError);
    await expect(load(file)).rejects.toThrow(/Give load the option like/);
    const loaded = await load(file, { like: model });
    expect(loaded.thresholds).toEqual([0.3, 0.7]);
    expect(String(trainableSummary(loaded))).toBe(String(trainableSummary(model)));
    expect(bytes(loaded)).toEqual(bytes(model));
  });

  test('freezes what its own flags say', async () => {
    const model = trained();
    const file = await withoutMetadata(await kerasBytes(model));
    const like = trained();
    unfreeze(like);
    freeze(like, /two_bn/);
    const loaded = await load(file, { like });
    expect(loaded.model.getLayer('one_conv').trainable).toBe(false);
    expect(loaded.model.getLayer('two_bn').trainable).toBe(true);
  });

  test('is refused if it has another number of outputs than labels', async () => {
    const file = await withoutMetadata(await kerasBytes(trained()));
    const like = classifier(tinyBackbone(), { labels: ['only'] });
    await expect(load(file, { like })).rejects.toThrow(/a head for 1 labels at .*; it has outputs \[, 2\]/);
  });
});

test('what Keras 3 opened and saved again computes what Keras computed, and freezes what Keras froze', async () => {
  const file = new URL('../fixtures/formats/keras3-from-thaw.keras', import.meta.url);
  const like = classifier(variedBackbone(), { labels: ['a', 'b', 'c'] });
  const loaded = await load(file, { like });
  const { shape } = keras;
  const pixels = Float32Array.from(
    { length: tf.util.sizeFromShape(shape) },
    (_, i) => ((i * 37) % 251) / 50 - 2.5,
  );
  const outputs = (loaded.model.predict(tf.tensor(pixels, shape)) as tf.Tensor2D).arraySync();
  for (const [i, row] of keras.outputs.entries())
    for (const [j, value] of row.entries()) expect(outputs[i][j]).toBeCloseTo(value, 5);
  const layers = loaded.model.layers.filter(({ name }) => name in keras.trainable);
  expect(Object.fromEntries(layers.map(({ name, trainable }) => [name, trainable]))).toMatchObject(
    keras.trainable,
  );
});

describe('exportKeras', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'thaw-keras-'));
  });

  test('makes folders, replaces the file and leaves nothing else behind', async () => {
    const file = path.join(folder, 'new', 'model.keras');
    await exportKeras(trained(), file);
    const model = trained();
    await exportKeras(model, file);
    expect(await readdir(path.dirname(file))).toEqual(['model.keras']);
    expect(bytes(await load(file))).toEqual(bytes(model));
    expect(bytes(await openModel(file))).toEqual(bytes(model));
    expect(bytes(await load(new File([await readFile(file)], 'model.keras')))).toEqual(bytes(model));
  });

  test('names a place that can’t be written', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, 'mine');
    const run = exportKeras(trained(), path.join(file, 'model.keras'));
    await expect(run).rejects.toThrow(ExportError);
    await expect(run).rejects.toThrow(/exportKeras: expected to write into .*; ENOTDIR/);
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  test('a damaged file is refused by one error', async () => {
    const file = await kerasBytes(trained());
    await expect(load(file.subarray(0, file.length / 2))).rejects.toThrow(WeightsFileError);
    const { 'config.json': config } = await contents(file);
    const damaged = zipOf({
      'config.json': new TextEncoder().encode(JSON.stringify(config)),
      'thaw.json': new TextEncoder().encode('{'),
    });
    await expect(load(damaged)).rejects.toThrow(WeightsFileError);
  });

  test.each([
    [
      'Keras lacks',
      () => new Odd({ name: 'odd' }),
      'exportKeras: expected layers that Keras has, too; layer "odd", a Odd, is none of them. Export the classifier with ' +
        'exportOnnx or exportSavedModel, or build it with another layer.',
    ],
    [
      'has an activation that Keras computes otherwise',
      () => tfl.layers.activation({ activation: 'hardSigmoid', name: 'odd' }),
      /layer "odd", a Activation, has the activation "hard_sigmoid", which Keras lacks/,
    ],
    [
      'interpolates otherwise in Keras',
      () => tfl.layers.upSampling2d({ interpolation: 'bilinear', name: 'odd' }),
      /layer "odd", a UpSampling2D, interpolates between other points in Keras/,
    ],
  ] as const)('refuses a layer that %s, by its name', async (_, layer, message) => {
    const backbone = tinyBackbone();
    const odd = layer().apply(backbone.model.outputs[0]) as tfl.SymbolicTensor;
    const model = tfl.model({ inputs: backbone.model.inputs, outputs: odd });
    const run = kerasBytes(classifier({ ...backbone, model }, { labels: LABELS }));
    await expect(run).rejects.toThrow(ExportError);
    await expect(run).rejects.toThrow(message);
  });
});

/** A layer class that only this test knows. */
class Odd extends tfl.layers.Layer {
  static readonly className = 'Odd';

  override computeOutputShape(shape: tfl.Shape): tfl.Shape {
    return shape;
  }

  override call(x: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.clone([x].flat()[0]);
  }
}
