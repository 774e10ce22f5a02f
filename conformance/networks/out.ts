// Writes classifiers on networks as a SavedModel, a .keras file and an ONNX file, with images and the results of
// predict for them, which out.py compares, and those of TensorFlow.js' layers, one after the other. Usage: tsx out.ts FOLDER NETWORK…
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import { backbone } from '../../packages/core/src/backbones/open-backbone';
import * as core from '../../packages/core/src/index';
import { modelWeights } from '../../packages/core/src/weights/model-weights';
import { hashedFile } from './fixture-of';

/**
 * Gives the head's standardising layer the statistics of the images. Features of random networks may be so large that every
 * probability would be 0 or 1, whatever an export changes.
 */
function spread(model: core.Classifier): void {
  const weights = new Map(modelWeights(model.model).map(({ name, variable }) => [name, variable]));
  const [mean, variance] = ['mean', 'variance'].map((name) => weights.get(`head_norm/moving_${name}`));
  if (!mean || !variance) throw new Error(`${model.backboneName}: expected a head with the layer head_norm`);
  tf.tidy(() => {
    const features = model
      .featureModel()
      .predict(core.preprocess(images, model.preprocessing)) as tf.Tensor2D;
    const found = tf.moments(features, 0);
    mean.assign(found.mean);
    variance.assign(tf.maximum(found.variance, tf.square(tf.mul(found.mean, 0.3))));
  });
}

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
  spread(model);
  const { data } = await model.predict(images);
  const { preprocessing } = model;
  const byLayers = tf.tidy(() =>
    (model.model.predict(core.preprocess(images, preprocessing)) as tf.Tensor).dataSync(),
  );
  await core.exportSavedModel(model, path.join(target, 'saved-model'));
  await core.exportKeras(model, path.join(target, 'model.keras'));
  await core.exportOnnx(model, path.join(target, 'model.onnx'), { input: 'float32' });
  const expected = {
    preprocessing,
    probabilities: [...data],
    probabilitiesByLayers: [...byLayers],
    images: [...images.dataSync()],
    shape: images.shape,
  };
  writeFileSync(path.join(target, 'expected.json'), JSON.stringify(expected));
  model.dispose();
}
