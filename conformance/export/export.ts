// Exports classifiers in every form, with images and the results of predict for them. Usage: tsx export.ts FOLDER
// [NETWORK…]
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import { exportKeras, exportOnnx, exportSavedModel } from '../../packages/core/src/index';
import { NETWORKS, network, TRAINED } from './networks';

const [folder, ...names] = process.argv.slice(2);
await useBestBackend({ prefer: ['native', 'cpu'] });
for (const name of names.length > 0 ? names : NETWORKS) {
  const model = await network(name);
  const own = path.join(folder, name);
  mkdirSync(own, { recursive: true });
  const images = tf.randomUniform<tf.Rank.R4>([4, ...model.inputSize, 3], 0, 255, 'float32', 1);
  const probabilities = await model.predict(images);
  const layers = model.model.layers.filter((layer) => layer.weights.length > 0);
  await exportSavedModel(model, path.join(own, '1'));
  await exportKeras(model, path.join(own, 'model.keras'));
  await exportOnnx(model, path.join(own, 'model.onnx'));
  await exportOnnx(model, path.join(own, 'bytes.onnx'), { input: 'uint8' });
  const expected = {
    largest: name === TRAINED ? 1e-5 : 3e-5,
    shape: images.shape,
    images: [...images.dataSync()],
    probabilities: [...probabilities.data],
    labels: model.labels,
    thresholds: model.thresholds,
    trainable: Object.fromEntries(layers.map((layer) => [layer.name, layer.trainable])),
    preprocessing: model.preprocessing,
  };
  writeFileSync(path.join(own, 'expected.json'), JSON.stringify(expected));
  if (name === TRAINED) await model.save(path.join(own, 'model')); // for thaw export --to tflite
  tf.dispose(images);
  model.dispose();
  console.log(`${name}: exported`);
}
