import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { classifier, ExportError, exportSavedModel, unfreeze } from '../../src';
import { nativeBackend } from '../../src/run/tensorflow/native-backend';
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

test.each(['rgb', 'bgr'] as const)(
  'a SavedModel takes %s networks’ pixels and gives their probabilities',
  async (channelOrder) => {
    const backbone = tinyBackbone();
    const preprocessing = { channelOrder, mean: [100, 120, 140], scale: 0.01 } as const;
    const model = classifier({ ...backbone, preprocessing }, { labels: LABELS });
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
    backend.deleteSavedModel(session);
    tf.dispose([images, scores]);
  },
);

test('replaces what was there and leaves nothing else behind', async () => {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  await exportSavedModel(model, folder);
  const first = await readFile(path.join(folder, 'saved_model.pb'));
  await exportSavedModel(classifier(tinyBackbone(), { labels: LABELS, seed: 9 }), folder);
  expect(await readFile(path.join(folder, 'saved_model.pb'))).not.toEqual(first);
  expect((await readdir(folder)).sort()).toEqual(['labels.json', 'saved_model.pb']);
});

test('a layer without TensorFlow kernels is refused by its name, and nothing is written', async () => {
  const backbone = tinyBackbone();
  const odd = tfl.layers.leakyReLU({ name: 'odd' }).apply(backbone.model.outputs[0]) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs: backbone.model.inputs, outputs: odd, name: 'odd' });
  const run = exportSavedModel(classifier({ ...backbone, model }, { labels: LABELS }), folder);
  await expect(run).rejects.toThrow(ExportError);
  await expect(run).rejects.toThrow(
    'exportSavedModel: expected a model of layers with TensorFlow kernels; layer "odd", a LeakyReLU, has no TensorFlow kernel. Save it with save.',
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
