import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  Classifier,
  checkpoint,
  classifier,
  fineTune,
  freeze,
  load,
  SavedModelError,
  trainableSummary,
  unfreeze,
} from '../../src';
import { bytes, LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'thaw-')), 'model');
});
afterEach(() => tf.disposeVariables());

/** A classifier in a state of its own: trained weights, thresholds, all three modes of BatchNormalization. */
function trained(backbone = tinyBackbone()) {
  const model = classifier(backbone, { labels: LABELS });
  model.thresholds = [0.3, 0.7];
  freeze(model, /one_/);
  unfreeze(model, /two_bn/, { batchNorm: 'training' });
  for (const weight of model.model.weights) weight.write(tf.randomUniform(weight.shape as number[], 0.1, 1));
  return model;
}

/** The tiny backbone inside another model that has a layer of the same name as one inside. */
function nestedTwice() {
  const { preprocessing, stages, model } = tinyBackbone('base');
  const input = tfl.input({ shape: [8, 8, 3], name: 'outer_image' });
  const inner = model.apply(input) as tfl.SymbolicTensor;
  const same = tfl.layers
    .conv2d({ filters: 4, kernelSize: 1, name: 'one_conv' })
    .apply(inner) as tfl.SymbolicTensor;
  return { name: 'outer', model: tfl.model({ inputs: input, outputs: same }), preprocessing, stages };
}

describe('save and load', () => {
  test.each([
    ['a flat model', tinyBackbone],
    ['a nested model with weights of one name', nestedTwice],
  ])('bring back weights, labels, thresholds, preprocessing and freeze state of %s', async (_, backbone) => {
    const model = trained(backbone());
    await model.save(folder);
    const loaded = await load(folder);
    expect(Object.values(bytes(loaded))).toEqual(Object.values(bytes(model)));
    expect(loaded.labels).toEqual(LABELS);
    expect(loaded.thresholds).toEqual([0.3, 0.7]);
    expect(loaded.preprocessing).toEqual(model.preprocessing);
    expect(loaded.stages).toEqual(model.stages);
    expect(String(trainableSummary(loaded))).toBe(String(trainableSummary(model)));
    const images = tinyImages(4);
    expect(await loaded.predict(images)).toEqual(await model.predict(images));
  });

  test('a loaded model trains on, frozen bytes and all', async () => {
    await trained().save(folder);
    const loaded = await load(folder);
    const before = bytes(loaded);
    const run = await fineTune(loaded, {
      train: tinyImages(16),
      head: { epochs: 1, learningRate: 0.01 },
      thaw: false,
    });
    expect(run.history.length).toBe(1);
    expect(bytes(loaded)['one_bn/moving_mean']).toBe(before['one_bn/moving_mean']);
  });

  test('the folder is a plain TensorFlow.js model', async () => {
    const model = trained();
    await model.save(folder);
    const json = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
    const [{ paths, weights }] = json.weightsManifest;
    const weightData = Uint8Array.from(await readFile(join(folder, paths[0]))).buffer;
    const plain = await tfl.loadLayersModel(
      tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: weights, weightData }),
    );
    const x = tf.randomUniform([2, 8, 8, 3]);
    expect((plain.apply(x) as tf.Tensor).dataSync()).toEqual((model.model.apply(x) as tf.Tensor).dataSync());
  });

  test('saving again replaces the model and leaves one file of weights and what else lay there', async () => {
    const model = trained();
    await model.save(folder);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    model.model.weights[0].write(tf.ones(model.model.weights[0].shape as number[]));
    await model.save(folder);
    const files = (await readdir(folder)).sort();
    expect(files.map((file) => file.replace(/-[0-9a-f]{16}/, ''))).toEqual([
      'model.json',
      'notes.txt',
      'weights.bin',
    ]);
    expect(bytes(await load(folder))).toEqual(bytes(model));
  });

  test('leave no tensor behind but the loaded weights', async () => {
    const model = trained();
    await model.save(folder);
    const before = tensorCount();
    await model.save(folder);
    expect(tensorCount()).toBe(before);
    const loaded = await load(folder);
    expect(tensorCount() - before).toBe(loaded.model.weights.length);
    loaded.dispose();
    expect(tensorCount()).toBe(before);
  });

  test('a checkpoint holds the best epoch', async () => {
    const model = classifier(tinyBackbone(), { labels: LABELS, dropout: 0 });
    const seen: { loss: number; weights: Record<string, string> }[] = [];
    await fineTune(model, {
      train: tinyImages(32),
      validation: tinyImages(32, 2),
      head: { epochs: 4, learningRate: (progress) => (progress < 0.5 ? 0.05 : 5) },
      thaw: false,
      callbacks: [
        checkpoint(folder),
        { onEpochEnd: (row) => void seen.push({ loss: row.val_loss, weights: bytes(model) }) },
      ],
    });
    seen.sort((a, b) => a.loss - b.loss);
    expect(bytes(await load(folder))).toEqual(seen[0].weights);
  });
});

describe('one clear error', () => {
  const saved = async () => {
    await trained().save(folder);
    const file = (await readdir(folder)).find((name) => name.endsWith('.bin'))!;
    return { model: join(folder, 'model.json'), weights: join(folder, file) };
  };

  test('where nothing is there', async () => {
    await expect(load(folder)).rejects.toThrow(/expected a saved model's file .*model\.json; ENOENT/);
  });
  test('where the weights are cut short', async () => {
    const { weights } = await saved();
    await truncate(weights, 100);
    await expect(load(folder)).rejects.toThrow(/expected \d+ bytes of weights in .*; found 100/);
  });
  test('where model.json is cut short', async () => {
    const { model } = await saved();
    await truncate(model, 100);
    await expect(load(folder)).rejects.toThrow(/expected JSON in .*model\.json/);
  });
  test('where the model is not one of Thaw’s', async () => {
    const { model } = await saved();
    const { userDefinedMetadata: _, ...plain } = JSON.parse(await readFile(model, 'utf8'));
    await writeFile(model, JSON.stringify(plain));
    await expect(load(folder)).rejects.toThrow(/without Thaw's labels and preprocessing/);
  });
  test('where a file is in the folder’s place, and the file is unharmed', async () => {
    await writeFile(folder, 'mine');
    await expect(trained().save(folder)).rejects.toThrow(SavedModelError);
    expect(await readFile(folder, 'utf8')).toBe('mine');
  });
  test('where no handler knows the URL', async () => {
    await expect(load('ftp://somewhere/model')).rejects.toThrow(/nothing handles "ftp:/);
  });
});

test('a part that load would call damaged is refused by save, which leaves the model that was there', async () => {
  const model = trained();
  await model.save(folder);
  const { labels, thresholds } = model;
  const other = new Classifier({ ...model, labels, thresholds, stages: {} as [] });
  await expect(other.save(folder)).rejects.toThrow(SavedModelError);
  await expect(other.save(folder)).rejects.toThrow(
    'save: expected a list of { name, layers } as stages; it is {}',
  );
  expect((await load(folder)).stages).toEqual(model.stages);
});

test.each([
  ['model.keras', 'For a file that Keras opens, call exportKeras'],
  ['model.h5', 'with a name that ends in .keras.'],
  ['Model.ONNX', 'For an ONNX file, call exportOnnx.'],
])("save refuses another format's file name, %s, which would become a folder", async (name, way) => {
  const place = join(folder, '..', name);
  const saving = trained().save(place);
  await expect(saving).rejects.toThrow(SavedModelError);
  await expect(saving).rejects.toThrow(`save: expected a folder; received "${place}". `);
  await expect(saving).rejects.toThrow(way);
  expect(await readdir(join(folder, '..'))).toEqual([]);
});
