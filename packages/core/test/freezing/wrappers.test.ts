import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { classifier, freeze, load, phase, trainableSummary, unfreeze } from '../../src';
import { copyModel } from '../../src/classifier/copy-model';
import { batchNormMode } from '../../src/freezing/batch-norm-mode';
import { leafLayers } from '../../src/layers/leaf-layers';
import { bytes, tinyImages } from '../tiny';

const { layers } = tfl;
const RECURRENT = { units: 2, returnSequences: true, recurrentInitializer: 'zeros' } as const;

type Symbolic = tfl.SymbolicTensor;

beforeAll(() => tf.setBackend('cpu'));
afterEach(() => tf.disposeVariables());

/** Images, their four rows through a network in a TimeDistributed, then through a Bidirectional. */
function rowsNetwork(): tfl.LayersModel {
  const inner = tfl.sequential({
    name: 'row',
    layers: [
      layers.conv2d({ filters: 3, kernelSize: 2, inputShape: [2, 8, 3], name: 'conv' }),
      layers.batchNormalization({ name: 'norm' }),
      layers.conv2d({ filters: 3, kernelSize: 1, name: 'conv2' }),
      layers.globalAveragePooling2d({ name: 'pool' } as object as {
        name: string;
        dataFormat: 'channelsLast';
      }),
    ],
  });
  const image = tfl.input({ shape: [8, 8, 3], name: 'image' });
  const rows = layers.reshape({ targetShape: [4, 2, 8, 3], name: 'rows' }).apply(image);
  const seen = layers.timeDistributed({ layer: inner, name: 'each' }).apply(rows);
  const features = layers
    .bidirectional({ layer: layers.gru({ ...RECURRENT, name: 'gru' }), mergeMode: 'concat', name: 'both' })
    .apply(seen);
  // Without a layer behind it, nothing tells the features from a head.
  const outputs = layers.leakyReLU({ name: 'leaky' }).apply(features) as Symbolic;
  return tfl.model({ inputs: image, outputs, name: 'rows_network' });
}

interface Wrapped extends tfl.layers.Layer {
  readonly layer: tfl.Sequential;
  readonly forwardLayer: tfl.layers.Layer;
}

const wrapper = (model: tfl.LayersModel, name: string) =>
  leafLayers(model).find(({ path }) => path.endsWith(name))!.layer as Wrapped;

/** What learns in a model, by the layers' own lists of weights, and the modes of BatchNormalizations in wrappers. */
function state(model: tfl.LayersModel): unknown {
  const norm = wrapper(model, 'each').layer.layers[1];
  const network = leafLayers(model).filter(({ path }) => !/^head|^predictions/.test(path));
  return {
    learning: network.flatMap(({ layer }) => layer.trainableWeights.map((weight) => weight.originalName)),
    norm: batchNormMode(norm),
    summary: trainableSummary(model).layers.slice(0, network.length),
  };
}

const STATES: readonly (readonly [string, (model: tfl.LayersModel) => void, number])[] = [
  ['nothing is frozen', () => {}, 12],
  ['all is frozen', (model) => freeze(model), 0],
  ['the wrapper of a network is frozen', (model) => freeze(model, /^each/), 6],
  ['a Bidirectional is frozen by its flag', (model) => void (wrapper(model, 'both').trainable = false), 6],
  ['one direction is frozen', (model) => void (wrapper(model, 'both').forwardLayer.trainable = false), 9],
  [
    'a layer of the network in a wrapper is frozen',
    (model) => void (wrapper(model, 'each').layer.layers[0].trainable = false),
    10,
  ],
  [
    'the network in a wrapper is frozen by its flag',
    (model) => void (wrapper(model, 'each').layer.trainable = false),
    6,
  ],
  [
    'it thaws with fixed statistics',
    (model) => {
      freeze(model);
      unfreeze(model, 'all', { batchNorm: 'affine' });
    },
    12,
  ],
];

describe.each(STATES)('a network with wrappers of which %s', (_, change, learning) => {
  test('keeps its freeze state as a classifier, saved and loaded, and in a copy', async () => {
    const network = rowsNetwork();
    change(network);
    const preprocessing = { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 } as const;
    const made = classifier(network, { labels: ['a', 'b'], preprocessing });
    const expected = state(made.model);
    expect((expected as { learning: string[] }).learning).toHaveLength(learning);
    const folder = await mkdtemp(join(tmpdir(), 'thaw-'));
    await made.save(folder);
    const loaded = await load(folder);
    expect(state(loaded.model)).toEqual(expected);
    expect(bytes(loaded)).toEqual(bytes(made));
    const copy = copyModel(loaded.model, {});
    expect(state(copy)).toEqual(expected);
    expect(Object.values(bytes(copy))).toEqual(Object.values(bytes(made)));
  });
});

test('a frozen network in a wrapper keeps every byte in training, its moving statistics included', async () => {
  const network = rowsNetwork();
  const preprocessing = { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 / 255 } as const;
  const made = classifier(network, { labels: ['Bright', 'Red'], preprocessing });
  freeze(made, { upTo: 'each' });
  const before = bytes(made);
  await phase(made, { name: 'thaw', train: tinyImages(16), epochs: 1, learningRate: 0.1 });
  const after = bytes(made);
  const changed = Object.keys(before).filter((name) => String(before[name]) !== String(after[name]));
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.filter((name) => /^conv|^norm/.test(name))).toEqual([]);
});

test('`trainable = false` of a whole network freezes its layers under a head, as in Keras', () => {
  const network = rowsNetwork();
  network.trainable = false;
  const preprocessing = { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 } as const;
  const { layers: rows } = trainableSummary(classifier(network, { labels: ['a'], preprocessing }));
  const learning = rows.filter(({ trainableParams }) => trainableParams > 0).map(({ path }) => path);
  expect(learning.filter((path) => !path.startsWith('head') && path !== 'predictions')).toEqual([]);
});

test('weights of layers of one name in two wrappers have names of their own, in a saved model, too', async () => {
  const branch = () =>
    tfl.sequential({ layers: [layers.dense({ units: 2, inputShape: [24], name: 'dense' })] });
  const image = tfl.input({ shape: [8, 8, 3] });
  const rows = layers.reshape({ targetShape: [8, 24] }).apply(image);
  const both = ['left', 'right'].map(
    (name) => layers.timeDistributed({ layer: branch(), name }).apply(rows) as Symbolic,
  );
  const outputs = layers.leakyReLU({}).apply(layers.add().apply(both)) as Symbolic;
  const preprocessing = { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 } as const;
  const made = classifier(tfl.model({ inputs: image, outputs }), { labels: ['a'], preprocessing });
  expect(Object.keys(bytes(made))).toEqual(
    expect.arrayContaining(['left/dense/kernel', 'right/dense/kernel']),
  );
  const folder = await mkdtemp(join(tmpdir(), 'thaw-'));
  await made.save(folder);
  expect(bytes(await load(folder))).toEqual(bytes(made));
});
