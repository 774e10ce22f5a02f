// Loads what thaw_keras wrote, and compares probabilities and thresholds.
//
//   node_modules/.bin/tsx conformance/python/read-back.ts FOLDER
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process, { argv } from 'node:process';
import { useBestBackend } from '../../packages/backends/src/index';
import { load, predict } from '../../packages/core/src/index';
import { openCsv } from '../../packages/datasets/src/index';
import { CASES } from './cases';

const [, , folder] = argv;
await useBestBackend({ log: () => {} });
const data = await openCsv(join(folder, 'labels.csv'), { split: 'split', root: join(folder, 'images') });
for (const name of Object.keys(CASES)) {
  const place = join(folder, name, 'runs', 'alone');
  const model = await load(join(place, 'model.keras'));
  const written = JSON.parse(await readFile(join(place, 'probabilities.json'), 'utf8'));
  const { data: found } = await predict(model, data);
  const expected: number[] = written.probabilities.flat();
  const furthest = Math.max(...expected.map((value, i) => Math.abs(value - found[i])));
  const same = written.thresholds.every((value: number, i: number) => value === model.thresholds[i]);
  const ok = furthest <= 1e-4 && same && written.ids.every((id: string, i: number) => id === data.ids[i]);
  if (!ok) process.exitCode = 1;
  console.log(
    `${ok ? 'ok  ' : 'DIFFERS'} ${name}: probabilities of ${data.length} images in Thaw and in Keras: ${furthest.toExponential(2)}`,
  );
}
