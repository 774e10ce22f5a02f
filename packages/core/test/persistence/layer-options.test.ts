import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Classifier,
  classifier,
  ExportError,
  exportKeras,
  freeze,
  load,
  openModel,
  registerLayers,
  trainableSummary,
  unfreeze,
} from '../../src';
import { copyModel } from '../../src/classifier/copy-model';
import * as light from '../../src/predict';
import { modelWeights } from '../../src/weights/model-weights';
import { bytes } from '../tiny';

const { constraints, regularizers } = tfl;
const MAP = [8, 9, 4];
const STEPS = [72, 4];
const CLIPS = [2, 4, 9, 4];
const VECTOR = [4];

const SHIFTED = {
  biasConstraint: constraints.nonNeg(),
  biasRegularizer: regularizers.l1({ l1: 0.2 }),
} as const;
const KERNEL = {
  ...SHIFTED,
  activation: 'relu',
  kernelConstraint: constraints.maxNorm({ maxValue: 3, axis: 1 }),
  kernelRegularizer: regularizers.l2({ l2: 0.1 }),
} as const;
const DEPTHWISE = {
  ...SHIFTED,
  depthMultiplier: 3,
  depthwiseConstraint: constraints.unitNorm({ axis: 1 }),
  depthwiseRegularizer: regularizers.l2({ l2: 0.3 }),
} as const;
const RECURRENT = {
  units: 3,
  recurrentInitializer: 'zeros',
  returnSequences: true,
  useBias: false,
  kernelRegularizer: regularizers.l1({ l1: 0.1 }),
} as const;

/** The class or the function of tf.layers, the shape of an input, the options, and the number of inputs if it isn't 1. */
type LayerCase = readonly [kind: string, shape: readonly number[], options: object, inputs?: number];

/** Layers with options that aren't the defaults. */
const CASES: readonly LayerCase[] = [
  ['conv2d', MAP, { filters: 5, kernelSize: [2, 3], strides: [1, 2], padding: 'same', ...KERNEL }],
  ['conv2d', MAP, { filters: 5, kernelSize: 2, dilationRate: [1, 2], useBias: false }],
  [
    'GroupedConv2D',
    MAP,
    { filters: 6, kernelSize: [2, 3], groups: 2, strides: 2, padding: 'same', ...KERNEL },
  ],
  ['GroupedConv2D', MAP, { filters: 4, kernelSize: 2, groups: 4, dilationRate: 2, useBias: false }],
  ['Conv1D', STEPS, { filters: 5, kernelSize: 2, dilationRate: 2, padding: 'causal', ...KERNEL }],
  ['Conv1D', STEPS, { filters: 6, kernelSize: 3, groups: 2, strides: 2, padding: 'same', ...KERNEL }],
  ['conv2dTranspose', MAP, { filters: 5, kernelSize: [2, 3], strides: 2, padding: 'same', ...KERNEL }],
  ['conv3d', CLIPS, { filters: 5, kernelSize: 2, strides: 2, padding: 'same', ...KERNEL }],
  ['conv3dTranspose', CLIPS, { filters: 5, kernelSize: 2, strides: 2, padding: 'same', ...KERNEL }],
  ['depthwiseConv2d', MAP, { kernelSize: 3, strides: 2, padding: 'same', ...DEPTHWISE }],
  ['depthwiseConv2d', MAP, { kernelSize: 3, depthwiseRegularizer: regularizers.l2({ l2: 0.3 }) }],
  [
    'separableConv2d',
    MAP,
    {
      filters: 5,
      kernelSize: 3,
      strides: 2,
      ...DEPTHWISE,
      pointwiseConstraint: constraints.minMaxNorm({ minValue: 0.1, maxValue: 0.7, rate: 0.5, axis: 2 }),
      pointwiseRegularizer: regularizers.l1({ l1: 0.5 }),
    },
  ],
  ['dense', VECTOR, { units: 5, ...KERNEL }],
  ['dense', MAP, { units: 5, useBias: false, activation: 'gelu' }],
  ['activation', MAP, { activation: 'hardSigmoid' }],
  ['activation', MAP, { activation: 'hardSwish' }],
  ['reLU', MAP, { maxValue: 0.3 }],
  ['leakyReLU', MAP, { alpha: 0.2 }],
  ['elu', MAP, {}],
  ['thresholdedReLU', MAP, { theta: 0.1 }],
  ['prelu', MAP, { sharedAxes: [1, 2], alphaConstraint: constraints.nonNeg() }],
  ['softmax', STEPS, { axis: -1 }],
  ['batchNormalization', MAP, { momentum: 0.7, epsilon: 0.1, gammaConstraint: constraints.nonNeg() }],
  ['batchNormalization', MAP, { center: false, scale: false }],
  ['layerNormalization', MAP, { axis: [2, 3], epsilon: 0.1, scale: false }],
  ['GroupNormalization', MAP, { groups: 2, epsilon: 0.1, center: false }],
  ['Normalization', MAP, { axis: -1, mean: [1, 2, 3, 4], variance: [1, 4, 9, 16], invert: true }],
  ['Normalization', MAP, { axis: [2, -1] }],
  ['LayerScale', MAP, { initValues: 0.3 }],
  ['ChannelAffine', MAP, { reverse: true, scale: [1, 2, 3, 4], offset: [4, 5, 6, 7] }],
  ['rescaling', MAP, { scale: 0.5, offset: 3 }],
  ['CenterCrop', MAP, { height: 4, width: 5 }],
  ['Resizing', MAP, { height: 4, width: 5, interpolation: 'nearest' }],
  ['cropping2D', MAP, { cropping: [[1, 2], [0, 3]] }], // biome-ignore format: one line a case
  ['zeroPadding2d', MAP, { padding: [[1, 2], [0, 3]] }], // biome-ignore format: one line a case
  ['ZeroPaddingChannels', MAP, { channels: 3 }],
  ['upSampling2d', MAP, { size: [2, 3], interpolation: 'bilinear' }],
  ['maxPooling1d', STEPS, { poolSize: 3, strides: 2, padding: 'same' }],
  ['averagePooling1d', STEPS, { poolSize: 3, strides: 2, padding: 'same' }],
  ['maxPooling2d', MAP, { poolSize: [3, 2], strides: [1, 2], padding: 'same' }],
  ['averagePooling2d', MAP, { poolSize: [3, 2], strides: [1, 2], padding: 'same' }],
  ['maxPooling3d', CLIPS, { poolSize: 3, strides: 2, padding: 'same' }],
  ['averagePooling3d', CLIPS, { poolSize: 3, strides: 2, padding: 'same' }],
  ['globalAveragePooling1d', STEPS, {}],
  ['globalMaxPooling1d', STEPS, {}],
  ['GlobalAveragePooling2D', MAP, { keepdims: true }],
  ['GlobalMaxPooling2D', MAP, { keepdims: true }],
  ['dropout', STEPS, { rate: 0.3, noiseShape: [null, 1, 4], seed: 3 }],
  ['spatialDropout1d', STEPS, { rate: 0.3, seed: 4 }],
  ['SpatialDropout2D', MAP, { rate: 0.3 }],
  ['alphaDropout', STEPS, { rate: 0.3, noiseShape: [null, 1, 4] }],
  ['gaussianDropout', MAP, { rate: 0.3 }],
  ['gaussianNoise', MAP, { stddev: 0.3 }],
  ['flatten', MAP, {}],
  ['Reshape', MAP, { targetShape: [9, -1] }],
  ['reshape', MAP, { targetShape: [9, 32] }],
  ['permute', MAP, { dims: [2, 3, 1] }],
  ['repeatVector', VECTOR, { n: 3 }],
  ['masking', STEPS, { maskValue: 3 }],
  ['ClassToken', STEPS, {}],
  ['add', MAP, {}, 2],
  ['Subtract', MAP, {}, 2],
  ['multiply', MAP, {}, 3],
  ['average', MAP, {}, 3],
  ['maximum', MAP, {}, 2],
  ['minimum', MAP, {}, 2],
  ['concatenate', MAP, { axis: 1 }, 2],
  ['dot', VECTOR, { axes: 1, normalize: true }, 2],
  ['CustomScaleLayer', MAP, { scale: 0.3 }, 2],
  ['gru', STEPS, { ...RECURRENT, goBackwards: true, activation: 'relu', recurrentActivation: 'sigmoid' }],
  ['lstm', STEPS, { ...RECURRENT, unitForgetBias: false }],
  ['simpleRNN', STEPS, { ...RECURRENT, unroll: false }],
  ['bidirectional', STEPS, { layer: () => tfl.layers.gru(RECURRENT), mergeMode: 'sum' }],
  [
    'timeDistributed',
    CLIPS,
    { layer: () => tfl.layers.separableConv2d({ filters: 2, kernelSize: 1, depthMultiplier: 2 }) },
  ],
];

/** Registered classes that no case has. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  CategoryEncoding: 'takes whole numbers',
  ConvLSTM2D: 'is random from its first weight on in TensorFlow.js',
  Embedding: 'takes whole numbers',
  FrozenGraph: 'see test/classifier/graph-models.test.ts',
  InputLayer: 'is in every network',
  RNN: 'takes cells, which the layers of cells are made of',
  RandomWidth: 'changes the size of images at random',
};

function made([kind, , given]: LayerCase): tfl.layers.Layer {
  const options = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, typeof value === 'function' ? value() : value]),
  );
  const make = tfl.layers[kind as keyof typeof tfl.layers] as unknown as
    | ((options: object) => tfl.layers.Layer)
    | undefined;
  if (make) return make({ ...options, name: 'tested' });
  const [LayerClass] = tf.serialization.SerializationMap.getMap().classNameMap[kind];
  return new (LayerClass as unknown as new (options: object) => tfl.layers.Layer)({
    ...options,
    name: 'tested',
  });
}

const apply = (layer: tfl.layers.Layer, x: tfl.SymbolicTensor | tfl.SymbolicTensor[]) =>
  layer.apply(x) as tfl.SymbolicTensor;

/** A classifier with the layer behind a convolution, both of random weights; the layer is frozen. */
function classifierWith(of: LayerCase): Classifier {
  const [, shape, , count = 1] = of;
  const { layers } = tfl;
  const image = tfl.input({ shape: [8, 9, 3], name: 'image' });
  const inputs = Array.from({ length: count }, () => {
    const map = apply(layers.conv2d({ filters: 4, kernelSize: 1 }), image);
    if (shape === VECTOR) return apply(layers.globalAveragePooling2d({}), map);
    return shape === MAP ? map : apply(layers.reshape({ targetShape: [...shape] }), map);
  });
  const y = apply(made(of), count > 1 ? inputs : inputs[0]);
  // Without a layer behind it, a softmax would be replaced as a head.
  const features = apply(layers.leakyReLU({}), y.shape.length > 4 ? apply(layers.flatten(), y) : y);
  const model = classifier(
    {
      name: 'network',
      model: tfl.model({ inputs: image, outputs: features }),
      preprocessing: { channelOrder: 'rgb', mean: [1, 2, 3], scale: 0.01 },
      stages: [],
    },
    { labels: ['a', 'b'] },
  );
  for (const [i, { variable }] of modelWeights(model.model).entries()) {
    if (variable.dtype === 'float32') variable.assign(tf.randomUniform(variable.shape, 0.1, 1, 'float32', i));
  }
  unfreeze(model, /head_norm/, { batchNorm: 'training' });
  freeze(model, { upTo: 'tested' });
  return model;
}

/** The values of a layer's fields that hold options: plain values, lists, and objects that describe themselves. */
function optionsOf(model: tfl.LayersModel, name: string): Readonly<Record<string, string>> {
  const isPlain = (value: unknown): boolean =>
    value === null ||
    ['number', 'string', 'boolean'].includes(typeof value) ||
    (Array.isArray(value) && value.every(isPlain));
  const described = (value: unknown) => {
    if (isPlain(value)) return JSON.stringify(value);
    const { getClassName, getConfig } = (value ?? {}) as Partial<tf.serialization.Serializable>;
    if (!getClassName || !getConfig || Object.hasOwn(value as object, 'inboundNodes')) return undefined;
    return `${getClassName.call(value)} ${JSON.stringify(getConfig.call(value))}`;
  };
  const layer = model.getLayer(name);
  const entries = Object.entries({ ...layer.getConfig(), ...layer }).flatMap(([field, value]) => {
    const text = described(value);
    // Initializers are of weights that are replaced. What is frozen is compared by trainableSummary.
    const isOther =
      ['id', 'name', 'trainable', 'trainable_', '_trainable'].includes(field) ||
      field.endsWith('Initializer');
    return text === undefined || text === 'null' || isOther ? [] : [[field, text] as const];
  });
  return Object.fromEntries(entries);
}

let folder: string;

beforeAll(async () => {
  registerLayers();
  await tf.setBackend('cpu');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-'));
});
afterEach(() => tf.disposeVariables());

const pixels = () => tf.randomUniform<tf.Rank.R4>([2, 8, 9, 3], 0, 255, 'float32', 5);

describe('a network with a layer', () => {
  test('is tested with every class that is registered', () => {
    const tested = new Set(CASES.map((of) => made(of).getClassName()));
    const { Layer } = tfl.layers;
    const { classNameMap } = tf.serialization.SerializationMap.getMap();
    const classes = Object.entries(classNameMap).filter(
      ([name, [one]]) =>
        one.prototype instanceof Layer && !/Cells?$|^Model$|^Functional$|^Sequential$/.test(name),
    );
    expect(
      classes
        .map(([name]) => name)
        .filter((name) => !tested.has(name))
        .sort(),
    ).toEqual(Object.keys(LEFT_OUT));
  });

  test.each(CASES.map((of) => [`${of[0]} ${JSON.stringify(of[2])}`, of] as const))(
    'comes back with its options, weights, predictions and freeze state: %s',
    async (_, of) => {
      const model = classifierWith(of);
      const images = pixels();
      const expected = await model.predict(images);
      await model.save(folder);
      const loaded = await load(folder);
      expect(optionsOf(loaded.model, 'tested')).toEqual(optionsOf(model.model, 'tested'));
      expect(bytes(loaded)).toEqual(bytes(model));
      expect(String(trainableSummary(loaded))).toBe(String(trainableSummary(model)));
      expect(await loaded.predict(images)).toEqual(expected);
      const copy = copyModel(model.model, { prefix: 'own_' });
      expect(optionsOf(copy, 'own_tested')).toEqual(optionsOf(model.model, 'tested'));
      expect(Object.values(bytes(copy))).toEqual(Object.values(bytes(model)));
    },
  );

  test.each(CASES.map((of) => [`${of[0]} ${JSON.stringify(of[2])}`, of] as const))(
    'is opened from a .keras file with its options, or refused by name: %s',
    async (_, of) => {
      const model = classifierWith(of);
      const file = join(folder, 'model.keras');
      try {
        await exportKeras(model, file);
      } catch (error) {
        expect(error).toBeInstanceOf(ExportError);
        expect((error as Error).message).toContain('"tested"');
        return;
      }
      const loaded = await load(file);
      expect(Object.values(bytes(loaded))).toEqual(Object.values(bytes(model)));
      expect(String(trainableSummary(loaded))).toBe(String(trainableSummary(model)));
      const images = pixels();
      const [found, expected] = [await loaded.predict(images), await model.predict(images)];
      expect([...found.data].map((value, i) => Math.abs(value - expected.data[i]) < 1e-6)).not.toContain(
        false,
      );
    },
  );
});

const SEPARABLE = CASES.find(([kind]) => kind === 'separableConv2d')!;

describe('a SeparableConv2D with a depth multiplier', () => {
  /** Takes the option out of a description, as tfjs-layers leaves it out. */
  const without = (text: string) => text.replace(/"depth_multiplier":\d+,?/g, '').replace(/,\}/g, '}');

  test.each([
    ['once', (model: tfl.LayersModel) => model],
    ['beside another of its name in a network', twiceOfOneName],
  ])('is read off the kernel in a model that was saved without it: %s', async (_, around) => {
    const model = classifierWith(SEPARABLE);
    const network = around(tfl.model({ inputs: model.model.inputs, outputs: model.featureModel().outputs }));
    const { preprocessing, labels } = model;
    const whole = classifier({ name: 'n', model: network, preprocessing, stages: [] }, { labels });
    await whole.save(folder);
    const file = join(folder, 'model.json');
    const text = await readFile(file, 'utf8');
    expect(without(text)).not.toBe(text);
    await writeFile(file, without(text));
    const images = pixels();
    const expected = await whole.predict(images);
    expect(await (await load(folder)).predict(images)).toEqual(expected);
    expect(await (await light.load(folder)).predict(images)).toEqual(expected);
  });

  test('is read off the kernel in a model that TensorFlow.js saved itself', async () => {
    const { model } = classifierWith(SEPARABLE);
    const files: File[] = [];
    await model.save(
      tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
        const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
        const json = without(JSON.stringify({ modelTopology, weightsManifest }));
        files.push(new File([json], 'model.json'), new File([weightData as ArrayBuffer], 'weights.bin'));
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      }),
    );
    const opened = await openModel(files);
    expect(bytes(opened)).toEqual(bytes(model));
  });
});

/** The network behind one of the same layer names, with other sizes. */
function twiceOfOneName(model: tfl.LayersModel): tfl.LayersModel {
  const image = tfl.input({ shape: [8, 9, 3], name: 'outer_image' });
  const inner = apply(model as unknown as tfl.layers.Layer, image);
  const map = apply(tfl.layers.reshape({ targetShape: [1, 1, 5] }), inner);
  const other = tfl.layers.separableConv2d({ filters: 2, kernelSize: 1, depthMultiplier: 2, name: 'tested' });
  return tfl.model({ inputs: image, outputs: apply(other, map) });
}
