import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { backbone, type Classifier, classifier, evaluate, faceResnet, load, tune } from '../../src';
import * as light from '../../src/predict';
import { tokens, variedBackbone } from '../persistence/varied-backbone';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

let folder: string;

beforeAll(() => tf.setBackend('cpu'));
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'thaw-')), 'model');
});
afterEach(() => tf.disposeVariables());

const network = (name: string) => () => backbone(name, { weights: null, inputSize: [32, 32] });

function calibrated(model: Classifier): Classifier {
  model.thresholds = [0.3, 0.7];
  model.calibration = { slopes: [1.5, 0.8], intercepts: [0.1, -0.2] };
  return model;
}

describe('load of @thawjs/core/predict', () => {
  test.each([
    ['a MobileNetV2', network('mobilenet_v2')],
    ['a MobileNetV3', network('mobilenet_v3_small')],
    ['a ResNet18', network('resnet18')],
    ['the face network', () => faceResnet({ weights: null, inputSize: [103, 103] })],
    ['a small network', async () => tinyBackbone()],
    ['a network of tokens', async () => tokens()],
    ['a network of many layer classes', async () => variedBackbone()],
  ])('predicts and classifies number by number as load of @thawjs/core does: %s', async (_, make) => {
    await calibrated(classifier(await make(), { labels: LABELS })).save(folder);
    const whole = await load(folder);
    const model = await light.load(folder);
    const pixels = tf.randomUniform<tf.Rank.R4>([2, ...whole.inputSize, 3], 0, 255, 'float32', 3);
    expect(model).toMatchObject({
      labels: LABELS,
      thresholds: [0.3, 0.7],
      calibration: whole.calibration,
      preprocessing: whole.preprocessing,
      inputSize: whole.inputSize,
    });
    for (const options of [{}, { augment: 'flip' as const }]) {
      expect(await model.predict(pixels, options)).toEqual(await whole.predict(pixels, options));
    }
    expect(await model.classify(pixels, { topK: 1 })).toEqual(await whole.classify(pixels, { topK: 1 }));
    expect(await light.predict(model, pixels)).toEqual(await whole.predict(pixels));
  });

  test.each(['float16', 'int8'] as const)('reads weights that were saved as %s', async (weights) => {
    await classifier(tinyBackbone(), { labels: LABELS }).save(folder, { weights });
    expect(await (await light.load(folder)).predict(tinyImages(4))).toEqual(
      await (await load(folder)).predict(tinyImages(4)),
    );
  });

  test('gives a model that evaluate and tune of @thawjs/core take', async () => {
    await classifier(tinyBackbone(), { labels: LABELS }).save(folder);
    const whole = await load(folder);
    const model = await light.load(folder);
    const images = tinyImages(24);
    expect(await tune(model, images)).toEqual(await tune(whole, images));
    expect(model.thresholds).toEqual(whole.thresholds);
    expect((await evaluate(model, images)).macro).toEqual((await evaluate(whole, images)).macro);
  });

  test('leaves no tensor behind after predictions and dispose', async () => {
    await classifier(tinyBackbone(), { labels: LABELS }).save(folder);
    const before = tf.memory().numTensors;
    const model = await light.load(folder);
    await model.predict(tinyImages(2));
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each<[string, () => Promise<unknown>, new (message: string) => Error, string]>([
    [
      'a misspelt option',
      () => light.load(folder, { retrie: 1 } as object),
      light.OptionError,
      'Did you mean "retries"?',
    ],
    ['a Keras file', () => light.load('faces.keras'), light.SavedModelError, 'load of @thawjs/core'],
    ['a folder that is not there', () => light.load(folder), light.SavedModelError, 'Is the path the folder'],
  ])('refuses %s by name', async (_, run, errorClass, sentence) => {
    const refused = run();
    await expect(refused).rejects.toThrow(errorClass);
    await expect(refused).rejects.toThrow(sentence);
  });
});
