import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  classifier,
  fineTune,
  load,
  OptionError,
  openModel,
  SavedModelError,
  SelectionError,
  trainableSummary,
  unfreeze,
  WeightsFileError,
} from '../../src';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

const float = { dtype: { type: 'DT_FLOAT' } };
const sizes = (shape: readonly number[]) => ({
  shape: { shape: { dim: shape.map((size) => ({ size: `${size}` })) } },
});

/** A graph model as the converter writes one: a convolution with a bias and ReLU, then the mean of the map. */
function graphArtifacts(side = 8, seed = 1): tf.io.ModelArtifacts {
  const kernel = tf.tidy(() => tf.randomNormal([3, 3, 3, 4], 0, 0.3, 'float32', seed).dataSync());
  const bias = Float32Array.of(0.1, 0.2, -0.1, 0.3);
  const constant = (name: string, shape: number[]) => ({
    name,
    op: 'Const',
    attr: {
      ...float,
      value: {
        tensor: { dtype: 'DT_FLOAT', tensorShape: { dim: shape.map((size) => ({ size: `${size}` })) } },
      },
    },
  });
  const node = [
    { name: 'image', op: 'Placeholder', attr: { ...float, ...sizes([-1, side, side, 3]) } },
    constant('kernel', [3, 3, 3, 4]),
    constant('bias', [4]),
    {
      name: 'axes',
      op: 'Const',
      attr: {
        dtype: { type: 'DT_INT32' },
        value: { tensor: { dtype: 'DT_INT32', tensorShape: { dim: [{ size: '2' }] } } },
      },
    },
    {
      name: 'conv',
      op: 'Conv2D',
      input: ['image', 'kernel'],
      attr: {
        T: { type: 'DT_FLOAT' },
        data_format: { s: 'TkhXQw==' },
        padding: { s: 'U0FNRQ==' },
        strides: { list: { i: ['1', '2', '2', '1'] } },
        dilations: { list: { i: ['1', '1', '1', '1'] } },
      },
    },
    {
      name: 'sum',
      op: 'BiasAdd',
      input: ['conv', 'bias'],
      attr: { T: { type: 'DT_FLOAT' }, data_format: { s: 'TkhXQw==' } },
    },
    { name: 'map', op: 'Relu', input: ['sum'], attr: { T: { type: 'DT_FLOAT' } } },
    {
      name: 'pooled',
      op: 'Mean',
      input: ['map', 'axes'],
      attr: { T: { type: 'DT_FLOAT' }, Tidx: { type: 'DT_INT32' }, keep_dims: { b: false } },
    },
  ];
  const weightData = new Uint8Array(3 * 3 * 3 * 4 * 4 + 16 + 8);
  weightData.set(new Uint8Array(Float32Array.from(kernel).buffer), 0);
  weightData.set(new Uint8Array(bias.buffer), 432);
  weightData.set(new Uint8Array(Int32Array.of(1, 2).buffer), 448);
  return {
    format: 'graph-model',
    modelTopology: { node, versions: { producer: 1 } },
    weightSpecs: [
      { name: 'kernel', shape: [3, 3, 3, 4], dtype: 'float32' },
      { name: 'bias', shape: [4], dtype: 'float32' },
      { name: 'axes', shape: [2], dtype: 'int32' },
    ],
    weightData: weightData.buffer,
  };
}

const graphModel = (side?: number, seed?: number) => loadGraphModelSync(graphArtifacts(side, seed));
const preprocessing = { channelOrder: 'rgb', mean: [127, 127, 127], scale: 1 / 128 } as const;

test.each([
  ['its output', undefined, 2],
  ['a feature map inside', 'map', 4],
])(
  'a head on a graph model reads %s, trains on kept features, and is saved beside it',
  async (_, output, rank) => {
    const graph = graphModel();
    const model = classifier(graph, {
      labels: LABELS,
      preprocessing,
      ...(output === undefined ? {} : { output }),
    });
    expect(model.model.layers[1].outputShape).toHaveLength(rank);
    expect(trainableSummary(model).params).toBe(4 * 2 + 2 + 2 * 4);
    const images = tinyImages(48);
    const before = graph.weights.kernel[0].dataSync().slice();
    const { history } = await fineTune(model, {
      train: images,
      validation: images,
      head: { epochs: 25, learningRate: 0.05 },
      thaw: false,
    });
    expect(history.at(-1)!.auc).toBeGreaterThan(0.9);
    expect(graph.weights.kernel[0].dataSync()).toEqual(before);
    const scores = await model.predict(images);

    const folder = join(await mkdtemp(join(tmpdir(), 'thaw-graph-')), 'model');
    await model.save(folder);
    const again = await load(folder, { graphModel: graphModel() });
    expect((await again.predict(images)).data).toEqual(scores.data);
    expect(again.labels).toEqual(LABELS);
  },
);

test('a graph model stands beside a layers model, which alone thaws', async () => {
  const model = classifier([tinyBackbone(), graphModel()], { labels: LABELS, preprocessing });
  const images = tinyImages(16);
  await fineTune(model, {
    train: images,
    head: { epochs: 1, learningRate: 0.01 },
    thaw: { epochs: 1, learningRate: 0.01 },
  });
  expect(trainableSummary(model).layers.filter(({ state }) => state === 'trainable').length).toBeGreaterThan(
    2,
  );
});

test('a graph model is not thawed: the sentence says the way round', async () => {
  const model = classifier(graphModel(), { labels: LABELS, preprocessing });
  const told =
    /"graph_model" is a graph model, whose weights are constants.*--output_format=tfjs_layers_model/;
  expect(() => unfreeze(model, /graph_model/)).toThrow(SelectionError);
  expect(() => unfreeze(model, /graph_model/)).toThrow(told);
  const thawing = fineTune(model, {
    train: tinyImages(8),
    head: { epochs: 1, learningRate: 0.01 },
    thaw: { epochs: 1, learningRate: 0.01 },
  });
  await expect(thawing).rejects.toThrow(told);
});

test('a saved head is refused without the graph model that it stood on, which is named', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'thaw-graph-')), 'model');
  await classifier(graphModel(), { labels: LABELS, preprocessing }).save(folder);
  // This process knows the graph model of before: the file tells of one that it doesn't know.
  const file = join(folder, 'model.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/3 weights, \w{8}/, '3 weights, 00000000'));
  const loading = load(folder, { graphModel: graphModel(8, 8) });
  await expect(loading).rejects.toThrow(SavedModelError);
  await expect(loading).rejects.toThrow(/graph model of 3 weights, 00000000.*load\(source, \{ graphModel/);
});

test.each<[string, () => unknown, RegExp]>([
  [
    'no preprocessing',
    () => classifier(graphModel(), { labels: LABELS }),
    /preprocessing beside the graph model/,
  ],
  [
    'another size than its own',
    () => classifier(graphModel(), { labels: LABELS, preprocessing, inputSize: [9, 9] }),
    /for images of 9×9×3; received one for 8×8×3/,
  ],
  ['no size', () => classifier(graphModel(-1), { labels: LABELS, preprocessing }), /Give inputSize/],
  [
    'a node that it lacks',
    () => classifier(graphModel(), { labels: LABELS, preprocessing, output: 'gone' }),
    /up to "gone"; it fails/,
  ],
  [
    'an output that it lacks',
    () => classifier(graphModel(), { labels: LABELS, preprocessing, output: 3 }),
    /an output of the graph model \(pooled.*received 3/,
  ],
])('a graph model with %s is refused in a sentence', (_, make, message) => {
  expect(make).toThrow(OptionError);
  expect(make).toThrow(message);
});

test('a graph model without a size of its own takes the one that is given', () => {
  const model = classifier(graphModel(-1), {
    labels: LABELS,
    preprocessing,
    inputSize: [12, 10],
    output: 'map',
  });
  expect(model.model.inputs[0].shape).toEqual([null, 12, 10, 3]);
  expect(model.featureModel().outputs[0].shape).toEqual([null, 4]);
});

test('openModel says how a graph model is used', async () => {
  const { weightData, modelTopology } = graphArtifacts();
  const json = JSON.stringify({ format: 'graph-model', modelTopology, weightsManifest: [] });
  const files = [new File([json], 'model.json'), new File([weightData as ArrayBuffer], 'weights.bin')];
  await expect(openModel(files)).rejects.toThrow(WeightsFileError);
  await expect(openModel(files)).rejects.toThrow(/Use it frozen, as classifier\(await loadGraphModel\(…\)/);
});
