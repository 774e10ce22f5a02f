import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, expect, test } from 'vitest';
import { faceResnet } from '../../src/backbones/face-resnet';
import { preprocess } from '../../src/backbones/preprocess';
import { OptionError } from '../../src/errors';
import { WeightsFileError } from '../../src/weights/errors';

const folder = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'model',
);
const manifest = 'face_recognition_model-weights_manifest.json';
const shard = 'face_recognition_model.bin';
const temporary = mkdtempSync(path.join(os.tmpdir(), 'thaw-face-'));
afterAll(() => rmSync(temporary, { recursive: true }));

/** Smooth colours, hard edges and noise, in 0…255. */
function syntheticImages(): { shape: [number, number, number, number]; data: number[] } {
  const [n, size] = [3, 150];
  const data: number[] = [];
  let noise = 1;
  for (let image = 0; image < n; image++) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        for (let channel = 0; channel < 3; channel++) {
          noise = (noise * 48_271) % 2_147_483_647;
          const wave = 127.5 * (1 + Math.sin((row * (channel + 1) + column * (image + 1)) / 17));
          const disc = Math.hypot(row - 75, column - 60 - 15 * image) < 40 ? 60 : 0;
          data.push([wave, (wave + disc) * 0.8, noise % 256][image]);
        }
      }
    }
  }
  return { shape: [n, size, size, 3], data };
}

test("its descriptors equal face-api's own to 1e-4", async () => {
  const images = syntheticImages();
  const file = path.join(temporary, 'images.json');
  writeFileSync(file, JSON.stringify(images));
  const script = fileURLToPath(new URL('../fixtures/face-api-descriptors.mjs', import.meta.url));
  const theirs: number[][] = JSON.parse(
    execFileSync(process.execPath, [script, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  const { model, preprocessing } = await faceResnet({ includeTop: true });
  const ours = tf.tidy(() => {
    const pixels = tf.tensor4d(images.data, images.shape);
    return (model.predict(preprocess(pixels, preprocessing)) as tf.Tensor2D).arraySync();
  });
  model.dispose();
  const errors = ours.flatMap((descriptor, i) =>
    descriptor.map((value, j) => Math.abs(value - theirs[i][j])),
  );
  expect(ours.map((descriptor) => descriptor.length)).toEqual([128, 128, 128]);
  expect(Math.max(...errors)).toBeLessThan(1e-4);
  expect(Math.max(...theirs.flat().map(Math.abs))).toBeGreaterThan(0.1);
});

test('it has 256 channels and stages by width that hold every layer once, in order', async () => {
  const { name, model, stages } = await faceResnet();
  expect(name).toBe('faceResnet');
  expect(model.outputShape).toEqual([null, 2, 2, 256]);
  expect(stages.map((stage) => stage.name)).toEqual(['conv1', 'conv2', 'conv3', 'conv4', 'conv5']);
  expect(stages.flatMap((stage) => stage.layers)).toEqual(model.layers.map((layer) => layer.name));
  const widths = stages.map((stage) => (model.getLayer(stage.layers.at(-1)!).outputShape as number[])[3]);
  expect(widths).toEqual([32, 32, 64, 128, 256]);
  model.dispose();
});

test.each<[[number, number], [number, number]]>([
  [
    [103, 103],
    [1, 1],
  ],
  [
    [104, 131],
    [1, 1],
  ],
  [
    [224, 180],
    [3, 2],
  ],
  [
    [224, 224],
    [3, 3],
  ],
])('an image of %s gives a map of %s', async (inputSize, expected) => {
  const { model } = await faceResnet({ inputSize });
  expect(model.outputShape).toEqual([null, ...expected, 256]);
  model.dispose();
});

test('an image that shrinks to nothing is refused', async () => {
  await expect(faceResnet({ inputSize: [102, 150] })).rejects.toThrow(OptionError);
  await expect(faceResnet({ inputSize: [102, 150] })).rejects.toThrow(
    'at least 103×103 whole pixels; received 102×150',
  );
});

test('a disposed model leaves no tensor', async () => {
  const before = tf.memory().numTensors;
  const { model } = await faceResnet();
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a saved model is loaded with its own layer class and gives the same numbers', async () => {
  const { model } = await faceResnet({ inputSize: [103, 103] });
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const topology = JSON.parse(JSON.stringify(saved!.modelTopology));
  const loaded = await loadLayersModel(tf.io.fromMemory({ ...saved!, modelTopology: topology }));
  const image = tf.randomUniform([1, 103, 103, 3], -0.5, 0.5, 'float32', 3);
  const [before, after] = [model, loaded].map((m) => (m.predict(image) as tf.Tensor).dataSync());
  expect(after).toEqual(before);
  tf.dispose([image]);
  model.dispose();
  loaded.dispose();
});

test('random weights follow the seed and need no file', async () => {
  const first = [];
  for (const seed of [1, 1, 2]) {
    const { model } = await faceResnet({ weights: null, seed });
    first.push(model.getLayer('conv1_conv').getWeights()[0].dataSync());
    model.dispose();
  }
  expect(first[1]).toEqual(first[0]);
  expect(first[2]).not.toEqual(first[0]);
});

test.each([
  ['the folder', folder],
  ['the folder with a slash', `${folder}/`],
  ['the manifest', path.join(folder, manifest)],
])('weights come from %s by path', async (_, weights) => {
  const [{ model }, { model: installed }] = [await faceResnet({ weights }), await faceResnet()];
  const [ours, theirs] = [model, installed].map((m) =>
    m.getLayer('conv5_block4_2_conv').getWeights()[1].dataSync(),
  );
  expect(ours).toEqual(theirs);
  model.dispose();
  installed.dispose();
});

test('weights come from a URL', async () => {
  const server = createServer((request, response) => {
    response.end(readFileSync(path.join(folder, path.basename(request.url!))));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { model } = await faceResnet({
    weights: `http://127.0.0.1:${(server.address() as AddressInfo).port}/model`,
  });
  expect(
    model
      .getLayer('conv1_conv')
      .getWeights()[0]
      .dataSync()
      .some((value) => value !== 0),
  ).toBe(true);
  model.dispose();
  server.close();
});

test('a folder without the files, a manifest that is none and a short file are told apart', async () => {
  const load = () => faceResnet({ weights: temporary });
  await expect(load()).rejects.toThrow(WeightsFileError);
  await expect(load()).rejects.toThrow(`${manifest}: expected a weights file; there is no such file`);
  writeFileSync(path.join(temporary, manifest), '<!doctype html>');
  await expect(load()).rejects.toThrow('expected a weights manifest (JSON); received "<!doctype html>…"');
  writeFileSync(path.join(temporary, manifest), '{}');
  await expect(load()).rejects.toThrow('a list of { paths, weights }; received other JSON');
  copyFileSync(path.join(folder, manifest), path.join(temporary, manifest));
  writeFileSync(path.join(temporary, shard), readFileSync(path.join(folder, shard)).subarray(0, 1000));
  await expect(load()).rejects.toThrow(/expected 6444032 bytes of weights beside it; received 1000/);
});
