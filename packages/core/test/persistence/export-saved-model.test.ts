import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  classifier,
  ExportError,
  exportSavedModel,
  GroupNormalization,
  registerLayers,
  unfreeze,
} from '../../src';
import { nativeBackend } from '../../src/tfjs-internals/native-backend';
import { LABELS, tensorCount, tinyBackbone } from '../tiny';

let folder: string;
beforeAll(async () => {
  await useBestBackend({ prefer: ['native'], log: () => {} });
});
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'thaw-export-')), 'faces', '1');
});
afterEach(() => tf.disposeVariables());

const pixels = () => tf.randomUniform<tf.Rank.R4>([3, 8, 8, 3], 0, 255, 'float32', 5);

test.each([
  ['rgb', undefined],
  ['bgr', undefined],
  ['rgb', { slopes: [0.5, 3], intercepts: [-1, 0.25] }],
] as const)(
  'a SavedModel takes %s networks’ pixels and gives their probabilities, calibrated by %o',
  async (channelOrder, calibration) => {
    const backbone = tinyBackbone();
    const preprocessing = { channelOrder, mean: [100, 120, 140], scale: 0.01 } as const;
    const model = classifier({ ...backbone, preprocessing }, { labels: LABELS });
    model.calibration = calibration;
    model.thresholds = [0.25, 0.75];
    unfreeze(model);
    const before = tensorCount();
    await exportSavedModel(model, folder);
    expect(tensorCount()).toBe(before);

    const images = pixels();
    const backend = nativeBackend()!;
    const session = backend.loadSavedModelMetaGraph(folder, 'serve');
    const { inputs, outputs } = await signature(folder);
    const [scores] = backend.runSavedModel(session, [images], [{ name: inputs }], [outputs]);
    const expected = await model.predict(images);
    expect(scores.shape).toEqual(expected.shape);
    for (const [i, value] of scores.dataSync().entries()) expect(value).toBeCloseTo(expected.data[i], 6);
    expect(JSON.parse(await readFile(path.join(folder, 'labels.json'), 'utf8'))).toEqual(LABELS);
    expect(JSON.parse(await readFile(path.join(folder, 'thresholds.json'), 'utf8'))).toEqual([0.25, 0.75]);
    backend.deleteSavedModel(session);
    tf.dispose([images, scores]);
  },
);

test('a SavedModel takes the layers that the training graph takes', async () => {
  registerLayers();
  const backbone = tinyBackbone();
  const { layers } = tfl;
  const apply = (layer: tfl.layers.Layer, ...x: tfl.SymbolicTensor[]) =>
    layer.apply(x.length > 1 ? x : x[0]) as tfl.SymbolicTensor;
  const activated = (name: string, x: tfl.SymbolicTensor) =>
    apply(layers.activation({ activation: name as 'elu' }), x);
  const x = activated('hardSwish', apply(new GroupNormalization({ groups: 2 }), backbone.model.outputs[0]));
  const squeezed = apply(
    layers.dense({ units: 4, activation: 'sigmoid' }),
    apply(layers.globalMaxPooling2d({}), x),
  );
  const scaled = apply(layers.multiply(), x, squeezed);
  const separable = apply(
    layers.separableConv2d({ filters: 4, kernelSize: 3, dilationRate: 2, padding: 'same' }),
    scaled,
  );
  const grown = apply(layers.upSampling2d({ size: [2, 2] }), activated('gelu', separable));
  const tokens = apply(layers.reshape({ targetShape: [16 * 16, 4] }), grown);
  const outputs = apply(
    layers.dense({ units: 3, activation: 'selu' }),
    apply(layers.layerNormalization(), tokens),
  );
  const maps = apply(layers.reshape({ targetShape: [16, 16, 3] }), outputs);
  const model = classifier(
    { ...backbone, model: tfl.model({ inputs: backbone.model.inputs, outputs: maps, name: 'today' }) },
    { labels: LABELS },
  );
  await exportSavedModel(model, folder);
  const images = pixels();
  const backend = nativeBackend()!;
  const session = backend.loadSavedModelMetaGraph(folder, 'serve');
  const { inputs, outputs: output } = await signature(folder);
  const [scores] = backend.runSavedModel(session, [images], [{ name: inputs }], [output]);
  const expected = await model.predict(images);
  for (const [i, value] of scores.dataSync().entries()) expect(value).toBeCloseTo(expected.data[i], 5);
  backend.deleteSavedModel(session);
  tf.dispose([images, scores]);
});

test('replaces what was there and leaves nothing else behind', async () => {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  await exportSavedModel(model, folder);
  const first = await readFile(path.join(folder, 'saved_model.pb'));
  await exportSavedModel(classifier(tinyBackbone(), { labels: LABELS, seed: 9 }), folder);
  expect(await readFile(path.join(folder, 'saved_model.pb'))).not.toEqual(first);
  expect((await readdir(folder)).sort()).toEqual(['labels.json', 'saved_model.pb', 'thresholds.json']);
});

test('a layer without TensorFlow kernels is refused by its name, and nothing is written', async () => {
  const backbone = tinyBackbone();
  const transposed = tfl.layers.conv2dTranspose({ filters: 2, kernelSize: 2, name: 'odd' });
  const odd = transposed.apply(backbone.model.outputs[0]) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs: backbone.model.inputs, outputs: odd, name: 'odd' });
  const run = exportSavedModel(classifier({ ...backbone, model }, { labels: LABELS }), folder);
  await expect(run).rejects.toThrow(ExportError);
  await expect(run).rejects.toThrow(
    'exportSavedModel: expected a model of layers with TensorFlow kernels; layer "odd", a Conv2DTranspose, has no TensorFlow kernel. Save it with save.',
  );
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
});

test('a folder that can’t be written is named', async () => {
  const file = path.join(path.dirname(path.dirname(folder)), 'file');
  await writeFile(file, '');
  const run = exportSavedModel(classifier(tinyBackbone(), { labels: LABELS }), path.join(file, '1'));
  await expect(run).rejects.toThrow(ExportError);
  await expect(run).rejects.toThrow(
    /expected to write into .*; ENOTDIR.*Free space or choose another folder\./,
  );
});

/** The names in the file's signature: the one input and the one output of `serving_default`. */
async function signature(folder: string): Promise<{ inputs: string; outputs: string }> {
  const text = (await readFile(path.join(folder, 'saved_model.pb'))).toString('latin1');
  const after = (key: string) => /[A-Za-z]\w*:0/.exec(text.slice(text.lastIndexOf(key) + key.length))![0];
  return { inputs: after('images'), outputs: after('probabilities') };
}
