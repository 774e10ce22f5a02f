// Writes classifiers on networks as a SavedModel, a .keras file and an ONNX file, with images and the results of
// predict for them, which out.py compares. Usage: tsx out.ts FOLDER NETWORK…
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import { backbone } from '../../packages/core/src/backbones/open-backbone';
import * as core from '../../packages/core/src/index';
import { hashedFile } from './fixture-of';

const SIDE = 64;
const LABELS = ['a', 'b', 'c'];
const [folder, ...networks] = process.argv.slice(2);
await useBestBackend({ prefer: ['native', 'cpu'], log: () => {} });
const images = tf.randomUniform<tf.Rank.R4>([3, SIDE, SIDE, 3], 0, 255, 'float32', 1);

for (const name of networks) {
  const target = path.join(folder, name);
  mkdirSync(target, { recursive: true });
  const network = await backbone(name, { weights: hashedFile(name), inputSize: [SIDE, SIDE] });
  const model = core.classifier(network, { labels: LABELS });
  const { data } = await model.predict(images);
  await core.exportSavedModel(model, path.join(target, 'saved-model'));
  await core.exportKeras(model, path.join(target, 'model.keras'));
  await core.exportOnnx(model, path.join(target, 'model.onnx'), { input: 'float32' });
  const { preprocessing } = model;
  const expected = {
    preprocessing,
    probabilities: [...data],
    images: [...images.dataSync()],
    shape: images.shape,
  };
  writeFileSync(path.join(target, 'expected.json'), JSON.stringify(expected));
  model.dispose();
}
