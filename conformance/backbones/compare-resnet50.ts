// Runs our ResNet50 on the inputs that resnet50_outputs.py wrote, and prints the largest difference to Keras' outputs.
// Usage: tsx compare-resnet50.ts FOLDER. Fails above 1e-4, relative to the largest output of the case.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { preprocess } from '../../packages/core/src/backbones/preprocess';
import { resnet50 } from '../../packages/core/src/backbones/resnet50';

type Tf = typeof import('../../packages/core/node_modules/@tensorflow/tfjs-core');
type Tensor = import('../../packages/core/node_modules/@tensorflow/tfjs-core').Tensor;

interface Case {
  readonly name: string;
  readonly weights: string;
  readonly inputShape: [number, number, number, number];
  readonly outputShape: number[];
}

const LIMIT = 1e-4;
const requireOfCore = createRequire(new URL('../../packages/core/package.json', import.meta.url));
const tf: Tf = requireOfCore('@tensorflow/tfjs-core');
const { useBestBackend } = await import('../../packages/backends/src/index');
await useBestBackend();

const folder = process.argv[2];
const { versions, cases } = JSON.parse(readFileSync(path.join(folder, 'cases.json'), 'utf8'));
console.log(
  `Keras ${versions.keras} on TensorFlow ${versions.tensorflow} beside ours on backend "${tf.getBackend()}"`,
);

for (const { name, weights, inputShape, outputShape } of cases as Case[]) {
  const includeTop = outputShape.length === 2;
  const before = tf.memory().numTensors;
  const started = performance.now();
  const file = path.join(folder, weights);
  const { model, preprocessing } = await resnet50({
    weights: file,
    includeTop,
    inputSize: [inputShape[1], inputShape[2]],
  });
  const loaded = performance.now();
  const outputs = tf.tidy(() => {
    const images = tf.tensor4d(floats(`${name}.input.bin`), inputShape);
    return (model.predict(preprocess(images, preprocessing)) as Tensor).dataSync();
  });
  const seconds = [loaded - started, performance.now() - loaded].map((ms) => (ms / 1000).toFixed(1));
  model.dispose();
  const expected = floats(`${name}.output.bin`);
  const largest = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const error = expected.reduce((max, value, i) => Math.max(max, Math.abs(outputs[i] - value)), 0) / largest;
  const left = tf.memory().numTensors - before;
  console.log(
    `${name}: ${expected.length} outputs up to ${largest.toPrecision(3)}, largest relative error ${error.toExponential(1)}; ` +
      `loaded in ${seconds[0]} s, computed in ${seconds[1]} s, ${left} tensors left`,
  );
  if (!(error < LIMIT) || outputs.length !== expected.length || left !== 0) process.exitCode = 1;
}

function floats(file: string): Float32Array {
  return new Float32Array(new Uint8Array(readFileSync(path.join(folder, file))).buffer);
}
