import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type ClassifierOptions,
  classifier,
  DataMismatchError,
  fineTune,
  freeze,
  type LabelledImages,
  OptionError,
} from '../../src';
import { bytes, changed, LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

describe('classifier', () => {
  test('puts pooling, standardising, dropout and a dense sigmoid layer on the backbone', () => {
    const { model, inputSize } = classifier(tinyBackbone(), { labels: LABELS });
    expect(model.layers.slice(-4).map((layer) => layer.getClassName())).toEqual([
      'GlobalAveragePooling2D',
      'BatchNormalization',
      'Dropout',
      'Dense',
    ]);
    expect(model.outputs[0].shape).toEqual([null, 2]);
    expect(inputSize).toEqual([8, 8]);
  });

  test('pools several stages side by side where told', () => {
    const { model, featureLayer } = classifier(tinyBackbone(), {
      labels: LABELS,
      featureStages: ['one', 'two'],
    });
    expect(model.getLayer(featureLayer).outputShape).toEqual([null, 8]);
    expect(() => classifier(tinyBackbone(), { labels: LABELS, featureStages: ['three'] })).toThrow(
      /featureStages out of one, two; received "three"/,
    );
  });

  test('takes a backbone that ends in a vector as it is', () => {
    const { model, preprocessing } = tinyBackbone();
    const pooled = tfl.layers
      .globalMaxPooling2d({ name: 'own_pool' })
      .apply(model.outputs[0]) as tfl.SymbolicTensor;
    const vector = {
      name: 'own',
      model: tfl.model({ inputs: model.inputs, outputs: pooled }),
      preprocessing,
      stages: [],
    };
    const made = classifier(vector, { labels: LABELS });
    expect(made.featureLayer).toBe('own_pool');
    expect(made.model.outputs[0].shape).toEqual([null, 2]);
  });

  test('takes a nested model as backbone', async () => {
    const base = tinyBackbone('base');
    const input = tfl.input({ shape: [8, 8, 3], name: 'outer' });
    const outer = tfl.model({ inputs: input, outputs: base.model.apply(input) as tfl.SymbolicTensor });
    const made = classifier({ ...base, model: outer }, { labels: LABELS });
    const thaw = { epochs: 1, learningRate: 1e-3, freezeFirst: 4 };
    const run = await fineTune(made, {
      train: tinyImages(16),
      head: { epochs: 1, learningRate: 0.01 },
      thaw,
    });
    expect(run.history.length).toBe(2);
  });

  test('its head on its features gives what the whole gives', () => {
    const made = classifier(tinyBackbone(), { labels: LABELS });
    const x = tf.randomUniform([3, 8, 8, 3], -1, 1, 'float32', 1);
    const whole = (made.model.apply(x) as tf.Tensor).dataSync();
    const features = made.featureModel().apply(x) as tf.Tensor;
    expect(features.shape).toEqual([3, 4]);
    const head = (made.headModel().apply(features) as tf.Tensor).dataSync();
    for (const [i, value] of whole.entries()) expect(head[i]).toBeCloseTo(value, 6);
  });

  test('its head leaves nothing behind: it shares the weights, which go with the classifier', () => {
    const before = tf.memory().numTensors;
    const made = classifier(tinyBackbone(), { labels: LABELS });
    const head = made.headModel();
    made.headModel().dispose();
    const x = tf.ones([1, 4]);
    tf.dispose([head.apply(x) as tf.Tensor, x]);
    made.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    ['size', [1, 9, 8, 3]],
    ['channel count', [1, 8, 8, 1]],
    ['rank', [8, 8, 3]],
  ])('predict refuses pixels of another %s', async (_, shape) => {
    const made = classifier(tinyBackbone(), { labels: LABELS });
    const run = made.predict(tf.zeros(shape as [1]) as tf.Tensor as tf.Tensor4D);
    await expect(run).rejects.toThrow(DataMismatchError);
    await expect(run).rejects.toThrow(
      `predict: expected pixels of shape [images, 8, 8, 3], the input of "tiny_classifier"; received [${shape.join(', ')}].`,
    );
  });

  test('trains by plain model.fit, though freezing never spoke of its standardising layer', async () => {
    const backbone = tinyBackbone();
    const { model } = classifier(backbone, { labels: LABELS });
    freeze(backbone);
    model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
    const before = bytes(model);
    await model.fit(tf.randomNormal([4, 8, 8, 3]), tf.ones([4, 2]), { epochs: 1, verbose: 0 });
    expect(changed(before, bytes(model))).toEqual([
      'head_norm/moving_mean',
      'head_norm/moving_variance',
      'predictions/kernel',
      'predictions/bias',
    ]);
  });

  test('starts from the same head for the same seed', () => {
    const kernel = (seed?: number) =>
      classifier(tinyBackbone(), { labels: LABELS, seed })
        .model.getLayer('predictions')
        .getWeights()[0]
        .dataSync();
    expect(kernel(3)).toEqual(kernel(3));
    expect(kernel(3)).not.toEqual(kernel(4));
  });

  test.each([
    ['no labels', { labels: [] }, /received none/],
    ['labels that are not given', {}, /received none/],
    ['a label that is a number', { labels: ['a', 7] }, /received 7, which isn't a text/],
    ['a misspelt option', { labels: ['a'], droput: 0.1 }, /received "droput"\. Did you mean "dropout"\?/],
    ['another pooling', { labels: ['a'], pooling: 'mean' }, /'average' or 'max' or 'token'; received "mean"/],
    ['no options', undefined, /expected an object of options; received undefined/],
    ['a label twice', { labels: ['a', 'b', 'a'] }, /received "a" twice/],
    ['dropout of 1', { labels: ['a'], dropout: 1 }, /from 0 to below 1; received 1/],
  ])('refuses %s', (_, options, message) => {
    const make = () => classifier(tinyBackbone(), options as ClassifierOptions);
    expect(make).toThrow(OptionError);
    expect(make).toThrow(message);
  });

  test.each([
    [[0.5], /each of 2 labels; received 1 of them/],
    [[0.5, 1.5], /received 1.5 for "Red"/],
    [[Number.NaN, 0.5], /received NaN for "Bright"/],
  ])('refuses thresholds %j', (thresholds, message) => {
    const made = classifier(tinyBackbone(), { labels: LABELS });
    expect(() => {
      made.thresholds = thresholds;
    }).toThrow(message);
    expect(made.thresholds).toEqual([0.5, 0.5]);
  });
});

describe('predict', () => {
  test('gives the same for a data set and for its pixels as a tensor, in any batch size', async () => {
    const made = classifier(tinyBackbone(), { labels: LABELS });
    const images = tinyImages(10);
    const done: number[] = [];
    const fromData = await made.predict(images, { batchSize: 4, onProgress: (count) => done.push(count) });
    expect(fromData.shape).toEqual([10, 2]);
    expect(done).toEqual([4, 8, 10]);
    for await (const { pixels, shape } of images.batches({ size: [8, 8], batchSize: 10 })) {
      const fromTensor = await made.predict(tf.tensor4d(new Float32Array(pixels), [...shape]), {
        batchSize: 3,
      });
      for (const [i, value] of fromData.data.entries()) expect(fromTensor.data[i]).toBeCloseTo(value, 6);
    }
  });

  test('leaves no tensor behind', async () => {
    const made = classifier(tinyBackbone(), { labels: LABELS });
    const before = tensorCount();
    await made.predict(tinyImages(10), { batchSize: 4 });
    expect(tensorCount()).toBe(before);
  });

  test.each([
    [
      'of another size',
      { shape: [1, 4, 4, 3], pixels: new Uint8Array(48) },
      /expected images of 8×8×3.*received 4×4×3/,
    ],
    [
      'shorter than its shape says',
      { shape: [2, 8, 8, 3], pixels: new Uint8Array(192) },
      /expected 384 pixel values.*received 192/,
    ],
  ] as const)('refuses a batch %s', async (_, batch, message) => {
    const made = classifier(tinyBackbone(), { labels: LABELS });
    const images: LabelledImages = {
      ...tinyImages(1),
      async *batches() {
        yield { rows: Int32Array.of(0), y: Uint8Array.of(0, 1), ...batch };
      },
    };
    await expect(made.predict(images)).rejects.toThrow(DataMismatchError);
    await expect(made.predict(images)).rejects.toThrow(message);
  });

  test('ends with the signal’s reason', async () => {
    const made = classifier(tinyBackbone(), { labels: LABELS });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(made.predict(tinyImages(4), { signal })).rejects.toThrow('enough');
  });
});
