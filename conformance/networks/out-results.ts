// Stores the figures of out.py, and opens the files that Keras saved again. Usage: tsx out-results.ts FOLDER NETWORK….
// Fails if a figure is missing or above its limit.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import { openModel, preprocess } from '../../packages/core/src/index';
import { relativeError } from '../../packages/core/test/training/parity/relative-error';
import { limitFromFloat64, SAME_KERNELS } from './limits';
import { addResults } from './results';

const [folder, ...networks] = process.argv.slice(2);
await useBestBackend({ prefer: ['native', 'cpu'], log: () => {} });
for (const name of networks) {
  const expected = JSON.parse(readFileSync(path.join(folder, name, 'expected.json'), 'utf8'));
  const images = tf.tensor4d(expected.images, expected.shape);
  const x = preprocess(images, expected.preprocessing);
  const measured: Record<string, number> = {};
  for (const kind of ['keras', 'saved-model', 'onnx']) {
    const file = path.join(folder, name, `errors-${kind}.json`);
    if (existsSync(file)) Object.assign(measured, JSON.parse(readFileSync(file, 'utf8')));
  }
  for (const form of ['h5', 'keras']) {
    const model = await openModel(path.join(folder, name, `back.${form}`));
    const found = (model.predict(x) as tf.Tensor).dataSync();
    measured[`back .${form}`] = relativeError(found, expected.probabilitiesByLayers);
    model.dispose();
  }
  tf.dispose([images, x]);
  const otherOrder = limitFromFloat64(measured['out keras, its own from float64']);
  const limits: Readonly<Record<string, number>> = {
    'out keras, fused': SAME_KERNELS,
    'back .h5': SAME_KERNELS,
    'back .keras': SAME_KERNELS,
    'out from float64': otherOrder,
    'out keras': otherOrder,
    'out onnx': otherOrder,
    'out saved-model': otherOrder,
  };
  const wrong = Object.keys(limits).filter((key) => !(measured[key] < limits[key]));
  console.log(name, measured, wrong.length > 0 ? `NOT: ${wrong.join(', ')}` : '');
  if (wrong.length > 0) process.exitCode = 1;
  addResults(
    name,
    Object.fromEntries(Object.entries(measured).filter(([, error]) => Number.isFinite(error))),
  );
}
