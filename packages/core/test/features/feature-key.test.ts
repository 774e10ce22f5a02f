import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { freeze, type LabelledImages, type Preprocessing, unfreeze } from '../../src';
import { cutPoints } from '../../src/features/cut-points';
import { type FeatureSource, featureKey, isTraceable } from '../../src/features/feature-key';
import { splitModel } from '../../src/features/split-model';
import type { NumberType } from '../../src/program/ir';
import { tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

const prefixOf = (model: tfl.LayersModel, frozen = 4) => {
  freeze(model, { first: frozen });
  return splitModel(cutPoints(model)[0]).prefix;
};

const source = (change: Partial<FeatureSource> = {}): FeatureSource => ({
  prefix: prefixOf(tinyBackbone().model),
  preprocessing: tinyBackbone().preprocessing,
  size: [8, 8],
  images: { ...tinyImages(2), fingerprint: 'a' },
  view: 0,
  seed: 0,
  type: 'float32',
  ...change,
});

interface Plain {
  readonly preprocessing: Preprocessing;
  readonly size: readonly [number, number];
  readonly ids: readonly string[];
  readonly fingerprint: string;
  readonly augmentation: object | undefined;
  readonly view: number;
  readonly seed: number;
  readonly type: NumberType;
}

const number = fc.double({ noNaN: true, min: -300, max: 300 });
const plain: fc.Arbitrary<Plain> = fc.record({
  preprocessing: fc.record(
    {
      channelOrder: fc.constantFrom('rgb', 'bgr'),
      mean: fc.tuple(number, number, number),
      scale: number,
    },
    { noNullPrototype: true },
  ),
  size: fc.tuple(fc.nat(300), fc.nat(300)),
  ids: fc.array(fc.string(), { minLength: 1, maxLength: 4 }),
  fingerprint: fc.string(),
  augmentation: fc.option(fc.record({ flip: fc.boolean(), degrees: number }, { noNullPrototype: true }), {
    nil: undefined,
  }),
  view: fc.nat(3),
  seed: fc.nat(3),
  type: fc.constantFrom<NumberType>('float32', 'bfloat16'),
});

describe('the key of features', () => {
  test('is the same for the same, however often it is made', async () => {
    expect(await featureKey(source())).toMatch(/^[0-9a-f]{64}$/);
    expect(await featureKey(source())).toBe(await featureKey(source()));
  });

  test('changes with the preprocessing, the size, the ids, the fingerprint, the augmentation, its view and seed, the precision', async () => {
    const { prefix } = source();
    const keyOf = ({ ids, fingerprint, augmentation, ...rest }: Plain) => {
      const images: LabelledImages = { ...tinyImages(1), ids, fingerprint, augmentation };
      return featureKey({ prefix, images, ...rest });
    };
    const fields = Object.keys(await fc.sample(plain, 1)[0]) as (keyof Plain)[];
    await fc.assert(
      fc.asyncProperty(plain, plain, fc.constantFrom(...fields), async (a, other, field) => {
        const b = { ...a, [field]: other[field] };
        const ofViews = field === 'view' || field === 'seed';
        const same =
          fc.stringify(a[field]) === fc.stringify(b[field]) || (ofViews && a.augmentation === undefined);
        expect((await keyOf(a)) === (await keyOf(b))).toBe(same);
      }),
      { numRuns: 200 },
    );
  });

  test('changes with any number of any weight of the prefix, and with no weight behind it', async () => {
    const { model } = tinyBackbone();
    const prefix = prefixOf(model);
    const key = await featureKey(source({ prefix }));
    const inPrefix = new Set(prefix.weights.map((weight) => weight.read()));
    const weights = model.weights.map((weight) => weight.read() as tf.Variable);
    await fc.assert(
      fc.asyncProperty(fc.nat(weights.length - 1), fc.nat(), async (index, position) => {
        const weight = weights[index];
        const values = weight.dataSync().slice();
        const before = weight.clone();
        values[position % values.length] += 2 ** -20;
        weight.assign(tf.tensor(values, weight.shape));
        expect((await featureKey(source({ prefix }))) === key).toBe(!inPrefix.has(weight));
        weight.assign(before);
        expect(await featureKey(source({ prefix }))).toBe(key);
      }),
      { numRuns: 40 },
    );
  });

  test('tells a weight’s bytes, not its value: −0 is another than 0', async () => {
    const prefix = prefixOf(tinyBackbone().model);
    const key = await featureKey(source({ prefix }));
    const bias = prefix.getLayer('one_conv').weights[1].read() as tf.Variable;
    bias.assign(tf.tensor([-0, 0, 0, 0]));
    expect(await featureKey(source({ prefix }))).not.toBe(key);
  });

  test('changes with the layers, where the weights are the same', async () => {
    const chain = (activation: 'relu' | 'tanh', strides: number) => {
      const input = tfl.input({ shape: [8, 8, 3], name: 'image' });
      const conv = { filters: 2, kernelSize: 1, kernelInitializer: 'ones' } as const;
      const x = tfl.layers.conv2d({ ...conv, activation, strides, name: 'a' }).apply(input);
      const y = tfl.layers.conv2d({ ...conv, name: 'b' }).apply(x) as tfl.SymbolicTensor;
      return prefixOf(tfl.model({ inputs: input, outputs: y }), 2);
    };
    const keys = [chain('relu', 1), chain('tanh', 1), chain('relu', 2)].map((prefix) =>
      featureKey(source({ prefix })),
    );
    expect(new Set(await Promise.all(keys)).size).toBe(3);
    expect(await featureKey(source({ prefix: chain('relu', 1) }))).toBe(await keys[0]);
  });

  test('changes with where the prefix ends', async () => {
    const { model } = tinyBackbone();
    freeze(model, { first: 4 });
    const keys = cutPoints(model).map((cut) => featureKey(source({ prefix: splitModel(cut).prefix })));
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(await Promise.all(keys)).size).toBe(keys.length);
  });

  test('says nothing of how the layers came to be frozen, or learn elsewhere', async () => {
    const first = tinyBackbone().model;
    const second = tinyBackbone().model;
    freeze(second);
    unfreeze(second, { first: 6 }, { batchNorm: 'training' });
    expect(await featureKey(source({ prefix: prefixOf(second) }))).toBe(
      await featureKey(source({ prefix: prefixOf(first) })),
    );
  });

  test('changes with the code of a layer class that isn’t tfjs’ own', async () => {
    const own = (factor: number) => {
      const Scaled =
        factor === 2
          ? class extends tfl.layers.Layer {
              static className = 'Scaled';
              static readonly sameInTraining = true;
              override call = (x: tf.Tensor | tf.Tensor[]) => tf.mul([x].flat()[0], 2);
            }
          : class extends tfl.layers.Layer {
              static className = 'Scaled';
              static readonly sameInTraining = true;
              override call = (x: tf.Tensor | tf.Tensor[]) => tf.mul([x].flat()[0], 3);
            };
      const input = tfl.input({ shape: [8, 8, 3], name: 'image' });
      const x = tfl.layers.dense({ units: 1, kernelInitializer: 'ones', name: 'a' }).apply(input);
      const y = new Scaled({ name: 'scaled' }).apply(x);
      const z = tfl.layers.dense({ units: 1, name: 'b' }).apply(y) as tfl.SymbolicTensor;
      return prefixOf(tfl.model({ inputs: input, outputs: z }), 3);
    };
    expect(own(2).layers.at(-1)!.name).toBe('scaled');
    const [two, three, again] = await Promise.all(
      [own(2), own(3), own(2)].map((prefix) => featureKey(source({ prefix }))),
    );
    expect(two).not.toBe(three);
    expect(two).toBe(again);
  });

  test('asks the fingerprint anew each time', async () => {
    let files = 1;
    const images = { ...tinyImages(2), fingerprint: async () => `files ${files}` };
    const { prefix } = source();
    const key = await featureKey(source({ prefix, images }));
    expect(await featureKey(source({ prefix, images }))).toBe(key);
    files = 2;
    expect(await featureKey(source({ prefix, images }))).not.toBe(key);
  });
});

test.each([
  ['without a fingerprint', 'can’t', {}],
  ['with a fingerprint', 'can', { fingerprint: 'crc' }],
  ['with an augmentation of plain data', 'can', { fingerprint: 'crc', augmentation: { flip: true } }],
  ['with an augmentation by a function', 'can’t', { fingerprint: 'crc', augmentation: { map: () => 1 } }],
])('a data set %s %s tell whether its images have changed', (_, can, parts) => {
  expect(isTraceable({ ...tinyImages(1), ...parts })).toBe(can === 'can');
});
