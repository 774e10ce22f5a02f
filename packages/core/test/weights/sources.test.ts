import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  backbone,
  DownloadError,
  load,
  loadWeights,
  type ModelSource,
  OptionError,
  openModel,
  saveBackbone,
  WeightsFileError,
} from '../../src';
import { modelWeights } from '../../src/weights/model-weights';
import { hashedTorchFile } from '../backbones/hashed-weights';
import lite0 from '../fixtures/backbones/efficientnet_lite0.json' with { type: 'json' };

const fixtures = fileURLToPath(new URL('../fixtures/formats/', import.meta.url));
let server: Server;
let at: string;
/** What the server has: files of the fixtures, and of a folder that a test writes. */
const folders = [fixtures];

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const { pathname, searchParams } = new URL(url!, 'http://127.0.0.1');
    if (searchParams.get('key') === 'wrong') return void response.writeHead(403).end();
    for (const folder of folders) {
      try {
        return void response.end(readFileSync(path.join(folder, pathname)));
      } catch {}
    }
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const bytes = (name: string) => new Uint8Array(readFileSync(path.join(fixtures, name)));
const values = (model: LayersModel) =>
  modelWeights(model).map(({ name, variable }) => [name, Array.from(variable.dataSync())]);

const SOURCES: readonly [string, (name: string) => ModelSource][] = [
  ['a path', (name) => path.join(fixtures, name)],
  ['a file: URL', (name) => new URL(`../fixtures/formats/${name}`, import.meta.url)],
  ['a URL', (name) => new URL(`${at}/${name}`)],
  ['a URL as text, with a query', (name) => `${at}/${name}?key=right`],
  ['a File', (name) => new File([bytes(name)], name)],
  ['a Blob', (name) => new Blob([bytes(name)])],
  ['bytes', bytes],
  ['a part of a buffer', (name) => Uint8Array.of(9, 9, ...bytes(name), 9).subarray(2, -1)],
  ['a buffer', (name) => bytes(name).slice().buffer],
];

describe.each(SOURCES)('from %s', (_, sourceOf) => {
  test.each(['keras2-model.h5', 'keras3.keras'])('%s opens', async (name) => {
    const [model, expected] = [await openModel(sourceOf(name)), await openModel(bytes(name))];
    expect(values(model)).toEqual(values(expected));
    model.dispose();
    expected.dispose();
  });

  test.each(['keras3.weights.h5', 'keras2-weights.h5'])('the weights of %s load', async (name) => {
    const [model, expected] = [
      await openModel(bytes('keras3.keras')),
      await openModel(bytes('keras3.keras')),
    ];
    await loadWeights(model, sourceOf(name));
    await loadWeights(expected, bytes(name));
    expect(values(model)).toEqual(values(expected));
    model.dispose();
    expected.dispose();
  });
});

test.each(['sha256', 'md5'] as const)(
  'a file of another %s than the published one is refused',
  async (algorithm) => {
    const right = createHash(algorithm).update(bytes('keras3.keras')).digest('hex');
    const url = `${at}/keras3.keras`;
    const model = await openModel(url, { checksum: { [algorithm]: right } as never });
    model.dispose();
    const wrong = openModel(url, {
      checksum: { [algorithm]: right.replace(/^./, right[0] === '0' ? '1' : '0') } as never,
    });
    await expect(wrong).rejects.toThrow(WeightsFileError);
    await expect(wrong).rejects.toThrow(new RegExp(`expected a file whose ${algorithm} is`));
  },
);

test('a model of a format that only predicts is refused by its name, with the way round', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'thaw-formats-'));
  const written = (name: string, content: string) => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  const lite = openModel(written('model.tflite', '\u001c\0\0\0TFL3 and more'));
  await expect(lite).rejects.toThrow(/a TensorFlow Lite model.*open the model that it was converted from/);
  await expect(openModel(written('model.onnx', '\b\b and more'))).rejects.toThrow(/an ONNX model/);
  const graph = written('saved_model.pb', '\b\u0001 and more');
  for (const source of [graph, folder]) {
    await expect(openModel(source)).rejects.toThrow(WeightsFileError);
    await expect(openModel(source)).rejects.toThrow(/a SavedModel of TensorFlow; .*loadGraphModel/);
  }
});

const unused = sequential();

test.each<[string, (options: never) => Promise<unknown>]>([
  ['openModel', (options) => openModel(bytes('keras3.keras'), options)],
  ['loadWeights', (options) => loadWeights(unused, new Uint8Array(), options)],
  ['load', (options) => load('nowhere', options)],
])('%s refuses an option that is misspelt or out of its range', async (name, open) => {
  await expect(open({ retry: 1 } as never)).rejects.toThrow(OptionError);
  await expect(open({ retry: 1 } as never)).rejects.toThrow(`${name}: expected options among`);
  await expect(open({ retries: -1 } as never)).rejects.toThrow('expected retries of 0 or more');
});

test.each<[string, (at: string) => string, RegExp]>([
  ['a URL that leads nowhere', (url) => `${url}/gone.h5`, /404/],
  ['a URL that is forbidden', (url) => `${url}/keras3.keras?key=wrong`, /403/],
])('%s is told by its status', async (_, urlOf, message) => {
  const opening = openModel(urlOf(at), { retries: 0 } as never);
  await expect(opening).rejects.toThrow(DownloadError);
  await expect(opening).rejects.toThrow(message);
});

test('a backbone that was saved for a server is taken from it, and a changed weights file is refused', async () => {
  const inputSize = [32, 32] as const;
  const network = await backbone('efficientnet_lite0', {
    weights: hashedTorchFile(lite0.weights),
    inputSize,
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'thaw-hosted-'));
  folders.push(folder);
  await saveBackbone(network, folder);
  const hosted = await backbone('efficientnet_lite0', { weights: `${at}/model.json?key=right`, inputSize });
  expect(values(hosted.model)).toEqual(values(network.model));
  const whole = await openModel(`${at}/model.json`);
  expect(values(whole)).toEqual(values(network.model));
  const { weightsManifest } = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  const file = path.join(folder, weightsManifest[0].paths[0]);
  const changed = readFileSync(file);
  changed[100] ^= 1;
  writeFileSync(file, changed);
  const other = backbone('efficientnet_lite0', { weights: `${at}/model.json`, inputSize });
  await expect(other).rejects.toThrow(/expected the content of weights-.*SHA-256 in its name/);
  for (const { model } of [network, hosted, { model: whole }]) model.dispose();
  expect(tf.memory().numTensors).toBe(0);
});
