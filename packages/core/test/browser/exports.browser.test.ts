import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import * as ort from 'onnxruntime-web/wasm';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { classifier, ExportError, exportKeras, kerasBytes, load, onnxBytes } from '../../src';
import { bytes, LABELS, tinyBackbone, tinyImages } from '../tiny';

beforeAll(async () => {
  await useBestBackend({ prefer: ['wasm'], wasmPath: '/', log: () => {} });
});
afterEach(() => tf.disposeVariables());

test('a .keras file made in a browser is read back there', async () => {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  const file = new File([await kerasBytes(model)], 'model.keras');
  const loaded = await load(file);
  expect(bytes(loaded)).toEqual(bytes(model));
  expect(await loaded.predict(tinyImages(4))).toEqual(await model.predict(tinyImages(4)));
});

test('an ONNX model made in a browser runs there', async () => {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(await onnxBytes(model), { logSeverityLevel: 3 });
  const pixels = tf.randomUniform<tf.Rank.R4>([2, 8, 8, 3], 0, 255, 'float32', 5);
  const images = new ort.Tensor('float32', Float32Array.from(pixels.dataSync()), pixels.shape);
  const { probabilities } = await session.run({ images });
  const expected = await model.predict(pixels);
  for (const [i, score] of (probabilities.data as Float32Array).entries()) {
    expect(score).toBeCloseTo(expected.data[i], 5);
  }
});

test('a file is refused, as there is no file system', async () => {
  const run = exportKeras(classifier(tinyBackbone(), { labels: LABELS }), 'model.keras');
  await expect(run).rejects.toThrow(ExportError);
  await expect(run).rejects.toThrow('exportKeras: expected a file system; a browser has none.');
});
