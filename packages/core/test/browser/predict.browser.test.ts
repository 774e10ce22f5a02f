import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { backbone, classifier, load } from '../../src';
import * as light from '../../src/predict';
import { LABELS } from '../tiny';

beforeAll(async () => {
  await useBestBackend({ prefer: ['wasm'], wasmPath: '/', log: () => {} });
});
afterEach(() => tf.disposeVariables());

test("@thawjs/core/predict gives the whole library's answers for a model of the browser's store", async () => {
  const network = await backbone('mobilenet_v2', { weights: null, inputSize: [64, 64] });
  await classifier(network, { labels: LABELS }).save('indexeddb://predict-only');
  const whole = await load('indexeddb://predict-only');
  const model = await light.load('indexeddb://predict-only');
  const pixels = tf.randomUniform<tf.Rank.R4>([3, 64, 64, 3], 0, 255, 'float32', 7);
  expect(await model.predict(pixels)).toEqual(await whole.predict(pixels));
  const canvas = Object.assign(document.createElement('canvas'), { width: 80, height: 60 });
  canvas.getContext('2d')?.fillRect(10, 10, 30, 20);
  expect(await model.classify(canvas)).toEqual(await whole.classify(canvas));
});
