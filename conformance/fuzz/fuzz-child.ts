// The process that reads changed files: `fuzz-child.ts READER`. It takes seeds by message and answers with outcomes.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { useBestBackend } from '../../packages/backends/src/index';
import { readers } from './readers';
import { tryFile, wholeSample } from './try-file';

const [name, scratch] = process.argv.slice(2);
const reader = readers.find((one) => one.name === name)!;
await useBestBackend({ prefer: ['cpu'], log: () => {} });
const folder = mkdtempSync(join(scratch, 'child-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const whole = await wholeSample(reader, folder);

process.on('message', async (seed: number) => {
  process.send!({ seed, outcome: await tryFile(reader, whole, seed) });
});
process.on('disconnect', () => process.exit());
process.send!('ready');
