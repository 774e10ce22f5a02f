import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { registerLayers, SavedModelError } from '../../src';
import { describeNetwork } from '../../src/layers/describe-network';
import { layerTranslations } from '../../src/model/layers/layer-translations';
import { modelProgram } from '../../src/model/model-program';
import { type StoredNetwork, storedNetwork } from '../../src/model/stored-network';
import { interpreted } from '../../src/run/interpret';
import { modelWeights } from '../../src/weights/model-weights';
import fixture from '../fixtures/layers.json';

beforeAll(async () => {
  registerLayers();
  await tf.setBackend('cpu');
});
afterEach(() => tf.disposeVariables());

interface LayerCase {
  readonly kind: string;
  readonly sizes: readonly (readonly number[])[];
  readonly options: object;
}

/** Layers that Keras' fixture has no case of. */
const OTHERS: readonly LayerCase[] = [
  {
    kind: 'ChannelAffine',
    sizes: [[2, 2, 3]],
    options: { reverse: true, scale: [1, 2, 3], offset: [4, 5, 6] },
  },
  { kind: 'CenterCrop', sizes: [[5, 6, 2]], options: { height: 2, width: 5 } },
  { kind: 'ClassToken', sizes: [[4, 3]], options: {} },
  {
    kind: 'CustomScaleLayer',
    sizes: [
      [2, 2, 3],
      [2, 2, 3],
    ],
    options: { scale: 0.3 },
  },
  { kind: 'alphaDropout', sizes: [[3]], options: { rate: 0.5 } },
  { kind: 'averagePooling2d', sizes: [[5, 4, 2]], options: { poolSize: 2, padding: 'same' } },
  {
    kind: 'concatenate',
    sizes: [
      [2, 3],
      [2, 5],
    ],
    options: { axis: -1 },
  },
  {
    kind: 'cropping2D',
    sizes: [[6, 7, 2]],
    options: {
      cropping: [
        [1, 2],
        [0, 3],
      ],
    },
  },
  { kind: 'dropout', sizes: [[3]], options: { rate: 0.5 } },
  { kind: 'flatten', sizes: [[2, 3, 4]], options: {} },
  { kind: 'gaussianDropout', sizes: [[3]], options: { rate: 0.5 } },
  { kind: 'gaussianNoise', sizes: [[3]], options: { stddev: 0.5 } },
  { kind: 'maxPooling2d', sizes: [[5, 4, 2]], options: { poolSize: [2, 1], strides: 1 } },
  { kind: 'SpatialDropout2D', sizes: [[2, 2, 3]], options: { rate: 0.5 } },
  { kind: 'spatialDropout1d', sizes: [[2, 3]], options: { rate: 0.5 } },
  { kind: 'thresholdedReLU', sizes: [[3]], options: { theta: 0.2 } },
  {
    kind: 'zeroPadding2d',
    sizes: [[2, 2, 3]],
    options: {
      padding: [
        [1, 2],
        [0, 3],
      ],
    },
  },
  { kind: 'LayerScale', sizes: [[2, 2, 3]], options: {} },
  { kind: 'ZeroPaddingChannels', sizes: [[2, 2, 3]], options: { channels: 2 } },
  { kind: 'Resizing', sizes: [[5, 4, 3]], options: { height: 3, width: 7 } },
  { kind: 'reshape', sizes: [[4, 6]], options: { targetShape: [3, -1] } },
  { kind: 'GlobalAveragePooling2D', sizes: [[2, 4, 3]], options: { keepdims: true } },
];

const CASES: readonly LayerCase[] = [...(fixture.cases as unknown as LayerCase[]), ...OTHERS];

/** A function of tf.layers, or a class that Thaw registers. */
function madeOf({ kind, options }: LayerCase): tfl.layers.Layer {
  const make = tfl.layers[kind as keyof typeof tfl.layers] as unknown as
    | ((options: object) => tfl.layers.Layer)
    | undefined;
  if (make) return make(options);
  const [LayerClass] = tf.serialization.SerializationMap.getMap().classNameMap[kind];
  return new (LayerClass as unknown as new (options: object) => tfl.layers.Layer)(options);
}

function modelOf(of: LayerCase): tfl.LayersModel {
  const layer = madeOf(of);
  const inputs = of.sizes.map((sizes) => tfl.input({ shape: [...sizes] }));
  const outputs = layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs, outputs });
  for (const { variable } of modelWeights(model)) {
    if (variable.dtype === 'float32') variable.assign(tf.randomUniform(variable.shape, 0.2, 1.5));
  }
  return model;
}

/** A network as it is saved, and read without tfjs-layers. */
function stored(model: tfl.LayersModel, change = (topology: object) => topology): StoredNetwork {
  const topology = change(JSON.parse(JSON.stringify(describeNetwork(model))));
  const values = Object.fromEntries(modelWeights(model).map(({ name, variable }) => [name, variable]));
  return storedNetwork(topology, values, 'a test');
}

async function outputsOf(model: tfl.LayersModel | StoredNetwork, x: readonly tf.Tensor[]): Promise<number[]> {
  const { program, inputs, outputs } = modelProgram(model, { training: false });
  const runner = interpreted({ outputs: { program, outputs } });
  const [y] = await runner.run('outputs', new Map(inputs.map((value, i) => [value, x[i]])));
  const numbers = [...y.dataSync()];
  runner.dispose();
  y.dispose();
  return numbers;
}

describe('a network that is read without tfjs-layers', () => {
  test('is tested with a layer of every class that has a translation', () => {
    const tested = new Set(CASES.map((of) => madeOf(of).getClassName()));
    expect(Object.keys(layerTranslations).filter((name) => !tested.has(name))).toEqual([]);
  });

  test.each(
    CASES.map(
      (of) => [`${of.kind} of ${JSON.stringify(of.sizes)} ${JSON.stringify(of.options)}`, of] as const,
    ),
  )('computes what the layer computes: %s', async (_, of) => {
    const model = modelOf(of);
    const own = (call: object) => (call as { kind: { name: string } }).kind.name === 'LayerCall';
    const byItself = modelProgram(model, { training: false }).program.operations.some(own);
    if (byItself) {
      expect(() => stored(model)).toThrow(SavedModelError);
      expect(() => stored(model)).toThrow('Load it by load of @thawjs/core');
      return;
    }
    const x = of.sizes.map((sizes, i) => tf.randomUniform([2, ...sizes], -1, 1, 'float32', i));
    const network = stored(model);
    const { shape } = network.outputs[0];
    // tfjs-layers doesn't compute a size of −1 of Reshape.
    expect(shape).toEqual(model.outputs[0].shape.map((size, axis) => size ?? shape[axis]));
    expect(await outputsOf(network, x)).toEqual(await outputsOf(model, x));
  });

  test('is a nested network, whose layers share names with those outside, and a layer that is called twice', async () => {
    const inner = tfl.input({ shape: [4, 4, 3], name: 'inner_input' });
    const shared = tfl.layers.conv2d({ filters: 3, kernelSize: 1, name: 'same' });
    const nested = tfl.model({
      name: 'nested',
      inputs: inner,
      outputs: shared.apply(shared.apply(inner)) as tfl.SymbolicTensor,
    });
    const chain = tfl.sequential({
      name: 'chain',
      layers: [
        tfl.layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [4, 4, 3], name: 'first' }),
        tfl.layers.flatten({ name: 'flat' }),
      ],
    });
    const image = tfl.input({ shape: [4, 4, 3] });
    const outside = tfl.layers.conv2d({ filters: 3, kernelSize: 1, name: 'same' });
    const twice = nested.apply(nested.apply(outside.apply(image)));
    const model = tfl.model({ inputs: image, outputs: chain.apply(twice) as tfl.SymbolicTensor });
    for (const { variable } of modelWeights(model)) variable.assign(tf.randomUniform(variable.shape, -1, 1));
    const x = [tf.randomUniform([3, 4, 4, 3], -1, 1, 'float32', 1)];
    expect(await outputsOf(stored(model), x)).toEqual(await outputsOf(model, x));
  });

  test('keeps its weights when those that it was read from are disposed, and frees them itself', async () => {
    const model = modelOf({ kind: 'dense', sizes: [[3]], options: { units: 2 } });
    const x = [tf.ones([1, 3])];
    const expected = await outputsOf(model, x);
    const before = tf.memory().numTensors;
    const network = stored(model);
    model.dispose();
    expect(await outputsOf(network, x)).toEqual(expected);
    network.dispose();
    expect(tf.memory().numTensors).toBe(before - 2);
  });

  const dense = { kind: 'dense', sizes: [[3]], options: { units: 2, name: 'predictions' } };
  const text = (topology: object) => JSON.stringify(topology);

  test.each<[string, (topology: object) => object, string]>([
    [
      'units that its weights do not have',
      (topology) => JSON.parse(text(topology).replace('"units":2', '"units":5')),
      'expected kernel of layer "predictions" of shape [3,5], float32, at a test; received [3,2], float32.',
    ],
    [
      'no weights',
      (topology) => JSON.parse(text(topology).replaceAll('"predictions"', '"others"')),
      'expected kernel of layer "others" of shape [3,2], float32, at a test; received missing.',
    ],
    [
      'a size of its input that is not known',
      (topology) =>
        JSON.parse(text(topology).replace('"batch_input_shape":[null,3]', '"batch_input_shape":[null,null]')),
      'expected a network of a known image size at a test',
    ],
    [
      'a layer of a class that an object has by nature',
      (topology) => JSON.parse(text(topology).replace('"Dense"', '"constructor"')),
      'layer "predictions" is a constructor that it doesn\'t',
    ],
    [
      'an output that no layer gives',
      (topology) =>
        JSON.parse(text(topology).replace('"output_layers":[["predictions"', '"output_layers":[["lost"')),
      'layer "lost", or a call of it, is missing',
    ],
  ])('is refused by name with %s, and no tensor stays', (_, change, sentence) => {
    const model = modelOf(dense);
    const before = tf.memory().numTensors;
    expect(() => stored(model, change)).toThrow(SavedModelError);
    expect(() => stored(model, change)).toThrow(sentence);
    expect(tf.memory().numTensors).toBe(before);
  });
});
