// Our side of the data benchmark: PATHS-FILE BATCH_SIZE. Each line of standard input names a pass, `plain`, `fast` or `augmented`;
// the answer is a line of JSON.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { datasetOf } from './dataset-of';

const paths: string[] = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const batchSize = Number(process.argv[3]);
const { plain, augmented } = datasetOf(paths);

let epoch = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const dataset = line === 'augmented' ? augmented : plain;
  const options = {
    size: [224, 224],
    batchSize,
    shuffle: true,
    epoch: epoch++,
    resize: line === 'fast' ? 'fast' : 'tensorflow',
  } as const;
  const started = performance.now();
  let values = 0;
  for await (const { pixels } of dataset.batches(options)) values += new Float32Array(pixels).length;
  const images = values / (224 * 224 * 3);
  console.log(JSON.stringify({ msPerImage: (performance.now() - started) / images }));
}
