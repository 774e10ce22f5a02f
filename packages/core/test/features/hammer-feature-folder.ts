/** One of the processes of feature-folder.test.ts: stores, reads and evicts a few keys, and checks what it reads. */
import { featureFolder } from '../../src/features/feature-folder';
import { nodeModules } from '../../src/platform/node';
import { random } from '../../src/training/random';

const [path, seed] = process.argv.slice(2);
const next = random(Number(seed));
const folder = featureFolder(nodeModules()!, path, 30_000);
let found = 0;
let wrong = 0;
for (let round = 0; round < 60; round++) {
  const number = Math.floor(next() * 4);
  const header = { key: `key${number}`, rows: 100, shape: [20] };
  const writer = await folder.write(header);
  for (let row = 0; row < 100; row += 10) await writer.append(new Float32Array(200).fill(number));
  await writer.commit();
  const other = Math.floor(next() * 4);
  const file = await folder.open({ key: `key${other}`, rows: 100, shape: [20] });
  if (!file) continue;
  found += 1;
  const values = new Float32Array(2000);
  await file.read(0, values);
  await file.close();
  if (values.some((value) => value !== other)) wrong += 1;
}
console.log(`60 stored, ${found} found, ${wrong} wrong`);
