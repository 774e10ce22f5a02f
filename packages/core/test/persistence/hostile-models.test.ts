import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { classifier, DownloadError, load, SavedModelError } from '../../src';
import { bytes, LABELS, tensorCount, tinyBackbone } from '../tiny';

// biome-ignore lint/suspicious/noExplicitAny: the tests change model.json anywhere
type Json = any;

let folder: string;
let whole: string;

beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'thaw-hostile-')), 'model');
  const inner = tinyBackbone('inner');
  const input = tfl.input({ shape: [8, 8, 3], name: 'outer_image' });
  const outputs = inner.model.apply(input) as tfl.SymbolicTensor;
  await classifier({ ...inner, model: tfl.model({ inputs: input, outputs }) }, { labels: LABELS }).save(
    folder,
  );
  whole = await readFile(join(folder, 'model.json'), 'utf8');
  tf.disposeVariables();
});
afterEach(async () => {
  tf.disposeVariables();
  await writeFile(join(folder, 'model.json'), whole);
});

async function loadChanged(change: (json: Json) => void) {
  const json = JSON.parse(whole);
  change(json);
  await writeFile(join(folder, 'model.json'), JSON.stringify(json));
  return load(folder);
}

const layersOf = (json: Json): Json[] => json.modelTopology.config.layers;
const layer = (json: Json, name: string): Json => layersOf(json).find((one) => one.config.name === name);
const innerLayers = (json: Json): Json[] => layer(json, 'inner').config.layers;

describe('a model.json that was changed gives one named error at once, and leaves no tensor', () => {
  const cases: [string, (json: Json) => void, RegExp][] = [
    ['a layer that has another name', (json) => void (layer(json, 'head_pool').name = 'pool'), /head_pool/],
    [
      'a layer renamed throughout',
      (json) =>
        Object.assign(layer(json, 'head_pool'), {
          name: 'pool',
          config: { ...layer(json, 'head_pool').config, name: 'pool' },
        }),
      /waits for the output of a layer "head_pool"/,
    ],
    ['a nested layer renamed', (json) => void (innerLayers(json)[1].name = 'x'), /one_conv/],
    [
      'an input that isn’t there',
      (json) => void (layer(json, 'predictions').inbound_nodes[0][0][0] = 'gone'),
      /"predictions" waits .*"gone"/,
    ],
    [
      'a layer that waits for itself',
      (json) => void (layer(json, 'head_pool').inbound_nodes[0][0][0] = 'head_pool'),
      /"head_pool" waits for the output of a call/,
    ],
    [
      'a call that never comes',
      (json) => void (layer(json, 'head_pool').inbound_nodes[0][0][1] = 7),
      /waits for the output of a call/,
    ],
    [
      'two layers of one name',
      (json) => void layersOf(json).push(layersOf(json)[1]),
      /two names, or one that another layer has/,
    ],
    [
      'keys in another spelling',
      (json) => void (layer(json, 'head_pool').inboundNodes = [[['gone', 0, 0, {}]]]),
      /"inboundNodes"/,
    ],
    [
      'an empty Sequential',
      (json) =>
        void Object.assign(layer(json, 'inner'), {
          class_name: 'Sequential',
          config: { name: 'inner', layers: [] },
        }),
      /waits for the output/,
    ],
    ['no list of layers', (json) => void (json.modelTopology.config.layers = 3), /no list of layers/],
    [
      'an unknown class',
      (json) => void (layer(json, 'head_pool').class_name = 'Pool'),
      /Unknown layer: Pool/,
    ],
    [
      'a layer that would take 4 GB',
      (json) => void (layer(json, 'predictions').config.units = 2 ** 28),
      /more than twice as many/,
    ],
    ['no network', (json) => void delete json.modelTopology, /a part is missing/],
    ['no weights', (json) => void delete json.weightsManifest, /expected a weightsManifest/],
    [
      'a shape that is no shape',
      (json) => void (json.weightsManifest[0].weights[0].shape = [1, -1]),
      /a name of their own, a shape and a type/,
    ],
    [
      'a shape of 2⁶⁰ numbers',
      (json) => void (json.weightsManifest[0].weights[0].shape = [2 ** 30, 2 ** 30]),
      /a name of their own, a shape and a type/,
    ],
    [
      'a type that is no type',
      (json) => void (json.weightsManifest[0].weights[0].dtype = 'toString'),
      /a name of their own, a shape and a type/,
    ],
    [
      'a weight’s name changed',
      (json) => void (json.weightsManifest[0].weights[0].name = 'gone'),
      /weights for every layer/,
    ],
    [
      'a weight with the name of a prototype',
      (json) => void (json.weightsManifest[0].weights[0].name = '__proto__'),
      /a name of their own/,
    ],
    [
      'two weights of one name',
      (json) => void (json.weightsManifest[0].weights[0].name = json.weightsManifest[0].weights[1].name),
      /a name of their own/,
    ],
    [
      'two weights’ shapes changed about',
      (json) =>
        void (json.weightsManifest[0].weights[0].shape =
          json.weightsManifest[0].weights[0].shape.toReversed()),
      /of shape/,
    ],
    [
      'another head than labels',
      (json) => void json.userDefinedMetadata.thaw.labels.pop(),
      /a threshold for each of 1 labels/,
    ],
    [
      'more labels than outputs',
      (json) => {
        json.userDefinedMetadata.thaw.labels.push('x');
        json.userDefinedMetadata.thaw.thresholds.push(0.5);
      },
      /a head for 3 labels/,
    ],
    [
      'labels that are no list',
      (json) => void (json.userDefinedMetadata.thaw.labels = 'Red'),
      /expected different strings as labels/,
    ],
    [
      'a preprocessing without a mean',
      (json) => void delete json.userDefinedMetadata.thaw.preprocessing.mean,
      /as preprocessing/,
    ],
    ['stages that are numbers', (json) => void (json.userDefinedMetadata.thaw.stages = [1]), /as stages/],
    [
      'a head layer that isn’t there',
      (json) => void (json.userDefinedMetadata.thaw.headLayers = ['gone']),
      /no layer "gone"/,
    ],
    ['a freeze state of null', (json) => void (json.userDefinedMetadata.thaw.freezing = null), /as freezing/],
    ['metadata of null', (json) => void (json.userDefinedMetadata = null), /without Thaw's labels/],
  ];
  test.each(cases)('%s', async (_, change, message) => {
    const before = tensorCount();
    const loading = loadChanged(change);
    await expect(loading).rejects.toThrow(SavedModelError);
    await expect(loading).rejects.toThrow(message);
    expect(tensorCount()).toBe(before);
  });

  test.each([['null'], ['3'], ['"x"'], ['[]'], ['['.repeat(200_000)]])('%j in its place', async (text) => {
    await writeFile(join(folder, 'model.json'), text);
    await expect(load(folder)).rejects.toThrow(SavedModelError);
  });
});

describe('a model behind a URL', () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/models/faces/model.json?token=7`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Serves the folder; the weights as they are given. */
  const serve =
    (weights?: (file: Buffer) => Buffer): RequestListener =>
    async (request, response) => {
      const { pathname, search } = new URL(request.url!, url);
      if (search !== '?token=7' || !pathname.startsWith('/models/faces/'))
        return void response.writeHead(404).end();
      const name = pathname.slice('/models/faces/'.length);
      const file = await readFile(join(folder, name));
      response.end(name.endsWith('.bin') && weights ? weights(file) : file);
    };
  /** An answer that goes on for good. */
  const endless: RequestListener = (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(2 ** 16)));
    };
    response.on('drain', more);
    more();
  };

  test('is loaded with its query, and is the one of the folder', async () => {
    answer = serve();
    expect(bytes(await load(url))).toEqual(bytes(await load(folder)));
  });

  test('with changed weights is refused', async () => {
    answer = serve((file) => Buffer.alloc(file.length));
    await expect(load(url)).rejects.toThrow(/SHA-256 in its name; it is damaged/);
  });

  test('that never ends is left at the limit of bytes', async () => {
    answer = endless;
    const loading = load(url, { maxBytes: 2 ** 20 });
    await expect(loading).rejects.toThrow(DownloadError);
    await expect(loading).rejects.toThrow(/at most 1048576 bytes; .*raise maxBytes/);
  });

  test('whose weights never end is left once they are more than the network has', async () => {
    const folderOf = serve();
    answer = (request, response) => (request.url!.includes('.bin') ? endless : folderOf)(request, response);
    await expect(load(url)).rejects.toThrow(DownloadError);
  });

  test('that trickles is left at the limit of time', async () => {
    answer = (_, response) => {
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    };
    const loading = load(url, { maxDurationMs: 200, retries: 0 });
    await expect(loading).rejects.toThrow(DownloadError);
    await expect(loading).rejects.toThrow(/takes more than 0.2 s.*raise maxDurationMs/);
  });
});
