import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import type { Backbone, Preprocessing } from '../../src/backbones/backbone';
import { preprocess } from '../../src/backbones/preprocess';
import { Classifier, classifier } from '../../src/classifier/classifier';
import { copyModel } from '../../src/classifier/copy-model';
import { load } from '../../src/classifier/load';
import { OptionError } from '../../src/errors';
import { save } from '../../src/persistence/save';
import { modelWeights } from '../../src/weights/model-weights';

const rgb: Preprocessing = { channelOrder: 'rgb', mean: [100, 110, 120], scale: [0.01, 0.02, 0.03] };
const bgr: Preprocessing = { channelOrder: 'bgr', mean: [10, 20, 30], scale: 0.005 };

function network(
  shape: (number | null)[],
  {
    name = 'net',
    preprocessing = rgb,
    seed = 1,
  }: { name?: string; preprocessing?: Preprocessing; seed?: number } = {},
): Backbone {
  const image = tfl.input({ batchShape: [null, ...shape] });
  const kernelInitializer = tfl.initializers.glorotNormal({ seed });
  const conv = tfl.layers.conv2d({
    filters: 4,
    kernelSize: 3,
    activation: 'relu',
    name: 'conv',
    kernelInitializer,
  });
  const model = tfl.model({ inputs: image, outputs: conv.apply(image) as tfl.SymbolicTensor, name });
  return { name, model, preprocessing, stages: [{ name: 'conv1', layers: ['conv'] }] };
}

const labels = ['a', 'b'];
const pixels = (channels = 3) => tf.randomUniform<tf.Rank.R4>([2, 8, 6, channels], 0, 255, 'float32', 5);

function probabilities({ model, preprocessing }: Classifier, images: tf.Tensor4D): number[][] {
  return tf.tidy(() => (model.predict(preprocess(images, preprocessing)) as tf.Tensor2D).arraySync());
}

function randomHead({ model, headLayers }: Classifier): void {
  const dense = model.getLayer(headLayers.at(-1)!);
  dense.setWeights(
    dense.getWeights().map((weight, i) => tf.randomNormal(weight.shape, 0, 1, 'float32', i + 3)),
  );
}

test('a network of any image size takes the one that is given, with the same weights', () => {
  const open = network([null, null, 3]);
  const model = classifier(open, { labels, inputSize: [8, 6] });
  expect(model.inputSize).toEqual([8, 6]);
  const fixed = network([8, 6, 3]);
  const same = classifier(fixed, { labels });
  const images = pixels();
  expect(probabilities(model, images)).toEqual(probabilities(same, images));
});

test('a loaded model that takes any image size predicts tensors, and asks for a size where images are decoded', async () => {
  const fixed = classifier(network([8, 6, 3]), { labels });
  const inputShape = [null, null, 3] as unknown as number[];
  const model = new Classifier({
    ...fixed,
    thresholds: fixed.thresholds,
    model: copyModel(fixed.model, { inputShape }),
  });
  const images = pixels();
  const expected = (await fixed.predict(images)).data;
  for (const [i, value] of (await model.predict(images)).data.entries()) {
    expect(value).toBeCloseTo(expected[i], 5);
  }
  const refusal = {
    name: 'OptionError',
    message: expect.stringMatching(/shape \[any, any, any, 3\].*inputSize/),
  };
  expect(() => model.inputSize).toThrow(expect.objectContaining(refusal));
  const data = { length: 1, ids: ['0'], labels, y: new Uint8Array(labels.length), async *batches() {} };
  await expect(model.predict(data)).rejects.toMatchObject(refusal);
});

test.each([1, 4])('a network of %i channels takes images of as many', (channels) => {
  const preprocessing: Preprocessing = { channelOrder: 'rgb', mean: Array(channels).fill(9), scale: 0.1 };
  const model = classifier(network([8, 6, channels], { preprocessing }), { labels });
  expect(probabilities(model, pixels(channels))[0]).toHaveLength(2);
});

test.each(['average', 'max', 'token'] as const)('tokens are pooled by %s', (pooling) => {
  const image = tfl.input({ shape: [2, 2, 3] });
  const tokens = tfl.layers.reshape({ targetShape: [4, 3] }).apply(image) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs: image, outputs: tokens });
  const preprocessing: Preprocessing = { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 };
  const made = classifier({ name: 'vit', model, preprocessing, stages: [] }, { labels, pooling });
  const x = tf.tensor4d([1, 2, 3, 5, 4, 3, 0, 0, 0, 2, 2, 2], [1, 2, 2, 3]);
  const expected = { average: [2, 2, 2], max: [5, 4, 3], token: [1, 2, 3] }[pooling];
  expect(Array.from((made.featureModel().predict(x) as tf.Tensor).dataSync())).toEqual(expected);
});

test('a plain model with a head loses the head; its preprocessing is asked for', () => {
  const { model } = network([8, 6, 3]);
  const pooled = tfl.layers.globalAveragePooling2d({ name: 'head_pool' }).apply(model.outputs[0]);
  const dropped = tfl.layers.dropout({ rate: 0.5, name: 'head_dropout' }).apply(pooled);
  const scores = tfl.layers.dense({ units: 10, activation: 'softmax', name: 'predictions' }).apply(dropped);
  const whole = tfl.model({ inputs: model.inputs, outputs: scores as tfl.SymbolicTensor });
  expect(() => classifier(whole, { labels })).toThrow(/expected preprocessing beside the plain model/);
  const made = classifier(whole, { labels, preprocessing: rgb });
  expect(made.model.outputShape).toEqual([null, 2]);
  expect(made.featureModel().outputShape).toEqual([null, 4]);
  expect(made.model.layers.map(({ name }) => name)).not.toContain('predictions_new');
});

test('other labels keep the weights and thresholds of those that stay', () => {
  const before = classifier(network([8, 6, 3]), { labels: ['a', 'b', 'c'] });
  randomHead(before);
  before.thresholds = [0.1, 0.2, 0.3];
  const after = classifier(before, { labels: ['c', 'new', 'a'] });
  const images = pixels();
  const [old, now] = [probabilities(before, images), probabilities(after, images)];
  for (const i of [0, 1]) {
    expect(now[i][0]).toBeCloseTo(old[i][2], 6);
    expect(now[i][2]).toBeCloseTo(old[i][0], 6);
  }
  expect(after.thresholds).toEqual([0.3, 0.5, 0.1]);
  expect(after.backboneName).toBe('net');
});

test('two networks of other preprocessing see the same images, and are saved as one', async () => {
  const a = network([8, 6, 3], { name: 'a' });
  const b = network([8, 6, 3], { name: 'b', preprocessing: bgr, seed: 2 });
  const made = classifier([a, b], { labels });
  randomHead(made);
  const images = pixels();
  const features = tf.tidy(() =>
    (made.featureModel().predict(preprocess(images, made.preprocessing)) as tf.Tensor2D).arraySync(),
  );
  for (const [at, one] of [a, b].entries()) {
    const expected = tf.tidy(() =>
      tf.mean(one.model.predict(preprocess(images, one.preprocessing)) as tf.Tensor4D, [1, 2]).arraySync(),
    ) as number[][];
    for (const [i, row] of expected.entries())
      for (const [c, value] of row.entries()) expect(features[i][4 * at + c]).toBeCloseTo(value, 5);
  }
  expect(made.stages.map(({ name }) => name)).toEqual(['a/conv1', 'b/conv1']);
  const kernels = modelWeights(made.model).filter(({ name }) => name.endsWith('conv/kernel'));
  expect(kernels.map(({ layer }) => layer.name)).toEqual(['a_conv', 'b_conv']);
  let saved: tf.io.ModelArtifacts | undefined;
  await save(made, {
    save: async (artifacts) => {
      saved = JSON.parse(JSON.stringify({ ...artifacts, weightData: undefined }));
      saved = { ...saved, weightData: artifacts.weightData };
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
  });
  const loaded = await load({ load: async () => saved! });
  expect(probabilities(loaded, images)).toEqual(probabilities(made, images));
});

test('each of several networks may give stages of its own', () => {
  const deep = (name: string, stages: string[]) => {
    const image = tfl.input({ shape: [8, 6, 3] });
    let x: tfl.SymbolicTensor = image;
    for (const [i, stage] of stages.entries())
      x = tfl.layers
        .conv2d({ filters: i + 2, kernelSize: 1, name: `${name}_${stage}` })
        .apply(x) as tfl.SymbolicTensor;
    const model = tfl.model({ inputs: image, outputs: x });
    const layers = stages.map((stage) => ({ name: stage, layers: [`${name}_${stage}`] }));
    return { name, model, preprocessing: rgb, stages: layers };
  };
  const [a, b] = [deep('a', ['one', 'two']), deep('b', ['three', 'four', 'five'])];
  const both = { labels, featureStages: [['one'], ['four', 'five']] };
  expect(classifier([a, b], both).featureModel().outputs[0].shape).toEqual([null, 2 + 3 + 4]);
  expect(classifier([a], { labels, featureStages: ['one'] }).featureModel().outputs[0].shape).toEqual([
    null,
    2,
  ]);
  expect(() => classifier([a, b], { labels, featureStages: [['one']] })).toThrow(/each of 2 networks/);
});

const two = () => {
  const { model } = network([8, 6, 3]);
  return tfl.model({ inputs: model.inputs, outputs: [model.outputs[0], model.outputs[0]] });
};
const twoInputs = () => {
  const [x, y] = [tfl.input({ shape: [8, 6, 3] }), tfl.input({ shape: [8, 6, 3] })];
  return tfl.model({ inputs: [x, y], outputs: tfl.layers.add().apply([x, y]) as tfl.SymbolicTensor });
};
const withModel = (model: tfl.LayersModel): Backbone => ({
  name: 'net',
  model,
  preprocessing: rgb,
  stages: [],
});

test.each<[string, () => unknown, RegExp]>([
  ['an unknown size', () => classifier(network([null, null, 3]), { labels }), /Give inputSize/],
  [
    'another size than its own',
    () => classifier(network([8, 6, 3]), { labels, inputSize: [9, 9] }),
    /just that and not 9×9/,
  ],
  [
    'channels without preprocessing',
    () => classifier(network([8, 6, 1]), { labels }),
    /preprocessing of 1 channels/,
  ],
  ['several outputs', () => classifier(withModel(two()), { labels }), /Give output: the place of one/],
  ['an output that it lacks', () => classifier(withModel(two()), { labels, output: 2 }), /out of 0…1/],
  ['several inputs', () => classifier(withModel(twoInputs()), { labels }), /network with one input/],
  ['an empty list', () => classifier([], { labels }), /one or more networks/],
  [
    'networks of two sizes',
    () => classifier([network([8, 6, 3]), network([9, 6, 3])], { labels }),
    /with the same inputSize/,
  ],
  [
    'a class token of a map',
    () => classifier(network([8, 6, 3]), { labels, pooling: 'token' }),
    /expected tokens/,
  ],
])('%s is refused in a sentence with the way round', (_, make, message) => {
  expect(make).toThrow(OptionError);
  expect(make).toThrow(message);
});

test.each<[string, unknown, RegExp]>([
  [
    'stages as an object',
    { ...network([8, 6, 3]), stages: {} },
    /stages: a list of \{ name, layers \}.*received \{\}/,
  ],
  [
    'stages without layers',
    { ...network([8, 6, 3]), stages: [{ name: 'a' }] },
    /a list of \{ name, layers \}/,
  ],
  ['no stages', { ...network([8, 6, 3]), stages: undefined }, /which may be empty; received none/],
  ['no name', { ...network([8, 6, 3]), name: undefined }, /a text as name/],
  ['no model', { name: 'a' }, /a LayersModel as model; received none/],
  [
    'a mean that is NaN',
    network([8, 6, 3], { preprocessing: { ...rgb, mean: [0, Number.NaN, 0] } }),
    /finite numbers/,
  ],
  [
    'no preprocessing',
    { ...network([8, 6, 3]), preprocessing: undefined },
    /with preprocessing: \{ channelOrder/,
  ],
  ['the name of a network', 'resnet18', /await backbone\('resnet18'\); received "resnet18"/],
  ['a promise of a network', Promise.resolve(network([8, 6, 3])), /received a promise: await it/],
  ['nothing', undefined, /a backbone, a model or a list/],
])('%s is refused at the door, not when it is saved', (_, given, sentence) => {
  expect(() => classifier(given as Backbone, { labels })).toThrow(OptionError);
  expect(() => classifier(given as Backbone, { labels })).toThrow(sentence);
});

test('a network whose features are of no known number is refused in one sentence', () => {
  const { model, ...others } = network([8, 6, 3]);
  const features = tfl.layers.reshape({ targetShape: [4, -1] }).apply(model.outputs[0]) as tfl.SymbolicTensor;
  const open = { ...others, model: tfl.model({ inputs: model.inputs, outputs: features }) };
  expect(() => classifier(open, { labels })).toThrow(OptionError);
  expect(() => classifier(open, { labels })).toThrow(/features of a known number.*shape \[any, 4, any\]/);
});

test('a network for a number of images, as Keras makes a Sequential at its first call, takes any number and is loaded again', async () => {
  const { model } = network([8, 6, 3]);
  const image = tfl.input({ batchShape: [2, 8, 6, 3] });
  const fixed = tfl.model({ inputs: image, outputs: model.apply(image) as tfl.SymbolicTensor });
  const made = classifier(fixed, { labels, preprocessing: rgb });
  expect(made.model.inputs[0].shape).toEqual([null, 8, 6, 3]);
  expect(probabilities(made, pixels())).toEqual(
    probabilities(classifier(network([8, 6, 3]), { labels }), pixels()),
  );
  let saved: tf.io.ModelArtifacts | undefined;
  const keep = tf.io.withSaveHandler(async (artifacts) => {
    saved = JSON.parse(JSON.stringify({ ...artifacts, weightData: undefined }));
    saved = { ...saved, weightData: artifacts.weightData };
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  });
  await save(made, keep);
  expect((await load(tf.io.fromMemory(saved!))).labels).toEqual(labels);
});

test.each<[string, (image: tfl.SymbolicTensor) => tfl.SymbolicTensor]>([
  [
    'a nested network that pools its maps itself',
    (image) => {
      const { model } = network([8, 6, 3], { name: 'inner' });
      const pool = tfl.layers.globalAveragePooling2d({ dataFormat: 'channelsLast' });
      const pooled = tfl.model({
        inputs: model.inputs,
        outputs: pool.apply(model.outputs[0]) as tfl.SymbolicTensor,
      });
      return pooled.apply(image) as tfl.SymbolicTensor;
    },
  ],
  [
    'the second call of a layer',
    (image) => {
      const twice = tfl.layers.dense({ units: 5, activation: 'tanh' });
      const x = tfl.layers.dense({ units: 5 }).apply(tfl.layers.flatten().apply(image));
      return twice.apply(twice.apply(x)) as tfl.SymbolicTensor;
    },
  ],
])('features that are the output of %s are those that the head reads', async (_, featuresOf) => {
  const image = tfl.input({ shape: [8, 6, 3] });
  const model = tfl.model({ inputs: image, outputs: featuresOf(image) });
  const made = classifier({ name: 'net', model, preprocessing: rgb, stages: [] }, { labels });
  randomHead(made);
  const images = pixels();
  const given = preprocess(images, rgb);
  const expected = (model.predict(given) as tf.Tensor).arraySync();
  expect((made.featureModel().predict(given) as tf.Tensor).arraySync()).toEqual(expected);
  const whole = made.headModel().predict(made.featureModel().predict(given)) as tf.Tensor2D;
  expect(whole.arraySync()).toEqual(probabilities(made, images));
  const again = classifier(made, { labels: [...labels, 'c'] });
  expect((again.featureModel().predict(given) as tf.Tensor).arraySync()).toEqual(expected);
});
