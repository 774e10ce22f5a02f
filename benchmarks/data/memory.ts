// Memory over a long pass, for the data benchmark. Usage: PATHS-FILE IMAGES. Prints the resident set in MB after each
// thousand images, as JSON. It is a separate process with --expose-gc, so that only memory that survives a collection
// counts.
import { readFileSync } from 'node:fs';
import { datasetOf } from './dataset-of';

const paths: string[] = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const images = Number(process.argv[3]);
const { augmented } = datasetOf(Array.from({ length: images }, (_, row) => paths[row % paths.length]));

const megabytes: number[] = [];
let seen = 0;
for await (const { rows } of augmented.batches({ size: [224, 224], batchSize: 40, shuffle: true })) {
  seen += rows.length;
  if (seen % 1000 !== 0) continue;
  (globalThis as { gc?: () => void }).gc?.();
  megabytes.push(process.memoryUsage().rss / 1e6);
}
console.log(JSON.stringify({ megabytes }));
