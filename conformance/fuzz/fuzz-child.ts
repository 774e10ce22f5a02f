// The process that reads changed files. Usage: fuzz-child.ts SCRATCH. A message with a reader's name makes its sample.
// A message with a seed is answered with an outcome.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { useBestBackend } from '../../packages/backends/src/index';
import type { Reader } from './reader';
import { readers } from './readers';
import { tryFile, type Whole, wholeSample } from './try-file';

await useBestBackend({ prefer: ['cpu'], log: () => {} });
const folder = mkdtempSync(join(process.argv[2], 'child-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let reader: Reader;
let whole: Whole;

process.on('message', async (message: { reader: string } | { seed: number }) => {
  if ('seed' in message) {
    process.send!({ outcome: await tryFile(reader, whole, message.seed) });
    return;
  }
  reader = readers.find(({ name }) => name === message.reader)!;
  whole = await wholeSample(reader, folder);
  process.send!('ready');
});
process.on('disconnect', () => process.exit());
process.send!('ready');
