// Training from files and training from memory, in turns, for the data benchmark. Usage: PATHS-FILE ROUNDS. Prints the
// milliseconds per image of each round as JSON.
import { readFileSync } from 'node:fs';
import { useBestBackend } from '../../packages/backends/src/index';
import {
  classifier,
  type LabelledBatch,
  type LabelledBatchOptions,
  type LabelledImages,
  phase,
  resnet50,
  unfreeze,
} from '../../packages/core/src/index';
import { datasetOf } from './dataset-of';

const paths: string[] = JSON.parse(readFileSync(process.argv[2], 'utf8')).slice(0, 128);
const rounds = Number(process.argv[3]);
const batchSize = 16;
await useBestBackend({ prefer: ['native'], log: () => {} });
const { augmented } = datasetOf(paths);

/** The same batches, made beforehand and kept as float32. */
async function inMemory(): Promise<LabelledImages> {
  const kept: LabelledBatch[] = [];
  const options: LabelledBatchOptions = { size: [224, 224], batchSize, shuffle: true };
  for await (const batch of augmented.batches(options)) {
    kept.push({ ...batch, pixels: Float32Array.from(batch.pixels) });
  }
  const { length, ids, labels, y } = augmented;
  return {
    length,
    ids,
    labels,
    y,
    augmentation: {},
    async *batches() {
      yield* kept;
    },
  };
}

const model = classifier(await resnet50({ weights: null, inputSize: [224, 224] }), { labels: ['Odd'] });
unfreeze(model, 'all', { batchNorm: 'affine' });
const epochMs = async (train: LabelledImages) => {
  const started = performance.now();
  await phase(model, { name: 'thaw', train, batchSize, epochs: 1, learningRate: 1e-5, metrics: {} });
  return (performance.now() - started) / train.length;
};
const memory = await inMemory();
const times: { files: number[]; memory: number[] } = { files: [], memory: [] };
await epochMs(memory);
for (let round = 0; round < rounds; round++) {
  times.files.push(await epochMs(augmented));
  times.memory.push(await epochMs(memory));
}
console.log(JSON.stringify(times));
process.exit(0);
