import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { ThawError } from '@thawjs/errors';
import fc from 'fast-check';
import * as h5wasm from 'h5wasm';
import { beforeAll, expect, test } from 'vitest';
import { openModel } from '../../src/backbones/open-model';
import { crc32 } from '../../src/weights/crc-32';
import { WeightsFileError } from '../../src/weights/errors';
import { loadWeights } from '../../src/weights/load-weights';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/formats/${name}`, import.meta.url)));
const dense = () => sequential({ layers: [layers.dense({ units: 1, inputShape: [1], name: 'dense' })] });
const text = (content: string) => new TextEncoder().encode(content);
const bytesOf = (...parts: (Uint8Array | string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? text(part) : part)]));

beforeAll(async () => {
  await h5wasm.ready;
});

const witness = join(tmpdir(), `thaw-pickle-ran-${process.pid}`);
/** The first two pickles of the chain: magic number and version. */
const magic = fixture('torch-strided-chain.pth').subarray(0, 21);

/** A zip of stored files. */
function zip(files: Record<string, Uint8Array>, checksum = crc32): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, data] of Object.entries(files)) {
    const label = text(name);
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    local.setUint32(18, data.length, true);
    local.setUint32(22, data.length, true);
    local.setUint16(26, label.length, true);
    const central = new DataView(new ArrayBuffer(46));
    central.setUint32(0, 0x02014b50, true);
    central.setUint32(16, checksum(data), true);
    central.setUint32(20, data.length, true);
    central.setUint32(24, data.length, true);
    central.setUint16(28, label.length, true);
    central.setUint32(42, offset, true);
    parts.push(new Uint8Array(local.buffer), label, data);
    directory.push(new Uint8Array(central.buffer), label);
    offset += 30 + label.length + data.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(10, Object.keys(files).length, true);
  end.setUint32(16, offset, true);
  return bytesOf(...parts, ...directory, new Uint8Array(end.buffer));
}

function hdf5(write: (file: h5wasm.File) => void): Uint8Array {
  const file = new h5wasm.File('/hostile.h5', 'w');
  write(file);
  file.close();
  const bytes = h5wasm.FS!.readFile('/hostile.h5');
  h5wasm.FS!.unlink('/hostile.h5');
  return bytes;
}

function safetensors(header: string | object, data: number[] = [0, 0, 0, 0], length?: bigint): Uint8Array {
  const json = typeof header === 'string' ? header : JSON.stringify(header);
  const size = new Uint8Array(new BigUint64Array([length ?? BigInt(json.length)]).buffer);
  return bytesOf(size, json, data);
}

/** A group that is its own member, twice. */
function cycle(file: h5wasm.File): void {
  const group = file.create_group('layers');
  group.create_hard_link('/layers', 'again');
  group.create_hard_link('/layers', 'and_again');
}

const tensor = (entry: object) => safetensors({ 'dense.weight': { dtype: 'F32', shape: [1, 1], ...entry } });

test.each<[string, () => Uint8Array, RegExp]>([
  [
    'a pickle that would run a shell',
    () => bytesOf(magic, 'cos\nsystem\n(X', [witness.length + 6, 0, 0, 0], `touch ${witness}`, 'tR.'),
    /names "os\.system", which isn't allowed/,
  ],
  [
    'a pickle that would evaluate Python, in a zip',
    () => {
      // Protocol 4 names globals by the stack.
      const pickle = bytesOf(
        [0x80, 4, 0x8c, 8],
        'builtins',
        [0x8c, 4],
        'eval',
        [0x93, 0x8c, 1],
        '1',
        [0x85, 0x52, 0x2e],
      );
      return zip({ 'archive/data.pkl': pickle });
    },
    /names "builtins\.eval", which isn't allowed/,
  ],
  [
    'a pickle that would run a shell by its name on Linux',
    () => bytesOf(magic, `(cposix\nsystem\nX`, [2, 0, 0, 0], 'ido.'),
    /names "posix\.system", which isn't allowed/,
  ],
  [
    'a pickle that names and calls in one opcode',
    () => bytesOf(magic, '(X', [2, 0, 0, 0], 'idios\nsystem\n.'),
    /has the opcode 105, which those don't need/,
  ],
  ['a pickle that calls a number type', () => bytesOf(magic, 'ctorch\nfloat32\n)R.'), /calls torch\.float32/],
  ['a pickle that takes from an empty stack', () => bytesOf(magic, 'R'), /takes more from its stack/],
  [
    'a pickle that refers to nothing',
    () => bytesOf(magic, [0x68, 9, 0x2e]),
    /refers to what it does not hold/,
  ],
  [
    'a zip with a file above its folder',
    () => zip({ '../../evil.txt': text('x') }),
    /leads out of its folder/,
  ],
  [
    'a zip with a file above its folder, as Windows writes paths',
    () => zip({ '..\\..\\evil.txt': text('x') }),
    /leads out of its folder/,
  ],
  ['a zip with an absolute path', () => zip({ '/etc/passwd': text('x') }), /leads out of its folder/],
  ['a zip of something else', () => zip({ 'readme.txt': text('x') }), /received a zip with readme\.txt/],
  [
    'a zip whose directory gives one file the place of another',
    () => {
      const bytes = zip({ 'metadata.json': text('1'), 'config.json': text('1') });
      const second = bytes.length - 22 - 'config.json'.length - 46;
      new DataView(bytes.buffer).setUint32(second + 42, 0, true);
      return bytes;
    },
    /"config\.json" isn't where its directory says/,
  ],
  ['a zip with another CRC-32', () => zip({ 'config.json': text('{}') }, () => 7), /doesn't have the CRC-32/],
  [
    'a .keras file without weights',
    () => zip({ 'config.json': text('{}') }),
    /expected "model\.weights\.h5"/,
  ],
  [
    'a safetensors header of 2^63 bytes',
    () => safetensors('{}', [], 2n ** 63n),
    /header claims 9223372036854775808 bytes, of a file of 10/,
  ],
  ['a safetensors header that is no JSON', () => safetensors('{"a":'), /not the JSON/],
  ['a tensor beyond the file', () => tensor({ data_offsets: [0, 4000] }), /said to lie at 0…4000 of 4 bytes/],
  ['a tensor of a negative place', () => tensor({ data_offsets: [-4, 0] }), /no shape or place/],
  [
    'a tensor of more numbers than bytes',
    () => tensor({ shape: [2 ** 40, 1], data_offsets: [0, 4] }),
    /said to lie/,
  ],
  [
    'a tensor of an inherited type',
    () => tensor({ dtype: 'constructor', data_offsets: [0, 4] }),
    /isn't read/,
  ],
  [
    'HDF5 with a group that holds itself',
    () =>
      hdf5((file) => {
        const group = file.create_group('layers');
        group.create_soft_link('/layers', 'again');
      }),
    /damaged \(Too many soft links in path\)/,
  ],
  ['HDF5 with a group that is its own member', () => hdf5(cycle), /never ends, as a group that holds itself/],
  [
    'a .keras file whose HDF5 has a group that is its own member',
    () => zip({ 'config.json': text('{}'), 'model.weights.h5': hdf5(cycle) }),
    /never ends, as a group that holds itself/,
  ],
  [
    'HDF5 of early Keras with a group that is its own member',
    () =>
      hdf5((file) => {
        const group = file.create_group('model_weights');
        group.create_hard_link('/model_weights', 'dense');
        group.create_attribute('layer_names', ['dense']);
        group.create_attribute('weight_names', ['dense']);
      }),
    /expected "\/model_weights\/dense\/dense" to be a dataset; it is a group/,
  ],
  [
    'HDF5 with a link to another file',
    () =>
      hdf5((file) => {
        file.create_attribute('layer_names', ['dense']);
        const group = file.create_group('dense');
        group.create_attribute('weight_names', ['kernel']);
        group.create_external_link('/etc/hostname', '/x', 'kernel');
      }),
    /lists "kernel", which isn't in the file or can't be read/,
  ],
  [
    'a graph model of TensorFlow.js',
    () => text(JSON.stringify({ format: 'graph-model', modelTopology: { node: [] }, weightsManifest: [] })),
    /received a graph model.*--output_format=tfjs_layers_model/,
  ],
  ['deeply nested JSON', () => text('['.repeat(1e5)), /JSON of a TensorFlow\.js model/],
  [
    'a manifest that names a file above its folder',
    () => text(JSON.stringify({ weightsManifest: [{ paths: ['../../secret.bin'], weights: [] }] })),
    /leads out of the folder/,
  ],
])('%s is one named error', async (_, make, message) => {
  const model = dense();
  const load = loadWeights(model, make());
  await expect(load).rejects.toThrow(WeightsFileError);
  await expect(load).rejects.toThrow(message);
  model.dispose();
});

test('nothing of a pickle ran', () => {
  expect(existsSync(witness)).toBe(false);
});

const layer = (name: string, inbound: unknown[], extra: object = {}) => ({
  class_name: 'Dense',
  config: { name, units: 1, ...extra },
  name,
  inbound_nodes: inbound,
});
const topology = (...all: object[]) => ({
  modelTopology: {
    class_name: 'Model',
    config: {
      name: 'm',
      layers: [
        {
          class_name: 'InputLayer',
          config: { name: 'x', batch_input_shape: [null, 1] },
          name: 'x',
          inbound_nodes: [],
        },
        ...all,
      ],
      input_layers: [['x', 0, 0]],
      output_layers: [['a', 0, 0]],
    },
  },
  weightsManifest: [],
});

test.each<[string, object, RegExp]>([
  [
    'a layer that reads one that is not there',
    topology(layer('a', [[['gone', 0, 0, {}]]])),
    /call 0 of a layer "gone"/,
  ],
  [
    'layers in a circle',
    topology(layer('a', [[['b', 0, 0, {}]]]), layer('b', [[['a', 0, 0, {}]]])),
    /isn't made, or reads itself/,
  ],
  ['an object in place of an input', topology(layer('a', [[{}]])), /Download or save it again/],
  ['a call that is not made', topology(layer('a', [[['x', 7, 0, {}]]])), /call 7 of a layer "x"/],
  [
    'groups of channels in what is no map',
    topology({
      ...layer('a', [[['x', 0, 0, {}]]], { groups: 2, filters: 3, kernel_size: [1, 1] }),
      class_name: 'Conv2D',
    }),
    /can't be built here/,
  ],
  [
    'an unknown class',
    topology({ ...layer('a', [[['x', 0, 0, {}]]]), class_name: 'MyAttention' }),
    /layer of the class MyAttention, which TensorFlow\.js lacks/,
  ],
  [
    'an impossible size',
    topology(layer('a', [[['x', 0, 0, {}]]], { units: 2 ** 52 })),
    /can't be built here/,
  ],
  [
    'a model whose class is code',
    { modelTopology: { class_name: 'MyModel', config: {} } },
    /the class "MyModel"/,
  ],
])('%s in an architecture is one named error, and opening ends', async (_, json, message) => {
  const open = openModel(text(JSON.stringify({ weightsManifest: [], ...json })));
  await expect(open).rejects.toThrow(ThawError);
  await expect(open).rejects.toThrow(message);
});

test.each([
  'keras2.keras',
  'keras3-model.h5',
  'keras3.weights.h5',
  'torch-checkpoint-zip.pth',
  'torch-checkpoint-chain.pth',
  'torch.safetensors',
])('%s with bytes changed or cut off gives weights or a named error', async (name) => {
  const whole = fixture(name);
  const model = dense();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
      fc.integer({ min: 1, max: whole.length }),
      async (changes, length) => {
        const bytes = whole.slice(0, changes.length === 0 ? length : whole.length);
        for (const [at, value] of changes) bytes[at] = value;
        await loadWeights(model, bytes).catch((error) => expect(error).toBeInstanceOf(ThawError));
        await openModel(bytes)
          .then((opened) => opened.dispose())
          .catch((error) => expect(error).toBeInstanceOf(ThawError));
      },
    ),
    { numRuns: 60, seed: 1 },
  );
  model.dispose();
});
