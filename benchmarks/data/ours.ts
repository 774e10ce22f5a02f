// Our side of the data benchmark. Usage: PATHS-FILE BATCH_SIZE. Each line of standard input names a pass: `plain`,
// `plain by threads`, `fast` or `augmented`. The answer is a line of JSON. Batches become float32 tensors of the native
// backend, like those of tf.data.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import { nativeJpegDecoder } from '../../packages/core/src/index';
import { pixelTensor } from '../../packages/core/src/prediction/pixel-tensor';
import { datasetOf } from './dataset-of';

const paths: string[] = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const batchSize = Number(process.argv[3]);
const { plain, augmented } = datasetOf(paths);
await useBestBackend({ prefer: ['native'], log: () => {} });
const decoder = nativeJpegDecoder();

let epoch = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const dataset = line === 'augmented' ? augmented : plain;
  const options = {
    size: [224, 224],
    batchSize,
    shuffle: true,
    epoch: epoch++,
    resize: line === 'fast' ? 'fast' : 'tensorflow',
    decoder: line === 'plain by threads' ? undefined : decoder,
  } as const;
  const started = performance.now();
  let images = 0;
  for await (const batch of dataset.batches(options)) {
    const floats = tf.tidy(() => tf.cast(pixelTensor(batch), 'float32'));
    images += floats.shape[0];
    floats.dispose();
  }
  console.log(JSON.stringify({ msPerImage: (performance.now() - started) / images }));
}
