// Reads what Keras has saved again. Names and bytes of all weights, the frozen layers and the predictions must equal
// the exported ones. Usage: tsx read-back.ts FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import { type Classifier, load, trainableSummary } from '../../packages/core/src/index';
import { bytes, changed } from '../../packages/core/test/tiny';

const [folder] = process.argv.slice(2);
await useBestBackend({ prefer: ['native', 'cpu'], log: () => {} });
for (const name of readdirSync(folder)) {
  const own = path.join(folder, name);
  const exported = await load(path.join(own, 'model.keras'));
  const back = await load(path.join(own, 'by-keras.keras'), { like: exported });
  const { shape, images, probabilities } = JSON.parse(readFileSync(path.join(own, 'expected.json'), 'utf8'));
  const pixels = tf.tensor4d(images, shape);
  const scores = await back.predict(pixels);
  const error = Math.max(...scores.data.map((score, i) => Math.abs(score - probabilities[i])));
  const [before, after] = [bytes(exported), bytes(back)];
  const differing = [
    ...changed(before, after),
    ...Object.keys(after).filter((weight) => !(weight in before)),
    ...(summary(back) === summary(exported) ? [] : ['what is frozen']),
  ];
  const count = Object.keys(after).length;
  const verdict = differing.length > 0 ? `differs: ${differing.slice(0, 5)}` : 'names and bytes equal';
  console.log(`${name}: Thaw → Keras → Thaw: ${count} weights, ${verdict}, largest difference ${error}`);
  if (differing.length > 0 || error > 1e-5) process.exitCode = 1;
  exported.dispose();
  back.dispose();
  pixels.dispose();
}

function summary(model: Classifier): string {
  return String(trainableSummary(model));
}
