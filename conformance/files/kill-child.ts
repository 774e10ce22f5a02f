// A process that writes versions 1, 0, 1, 0 … of everything of a kind: `kill-child.ts KIND FOLDER URL`. It prints the name of
// each operation as it begins.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { useBestBackend } from '../../packages/backends/src/index';
import { KILL_KINDS, type KillKind } from './kill-kinds';

const [kind, folder, url] = process.argv.slice(2);
await useBestBackend({ prefer: ['cpu'], log: () => {} });
const operations = KILL_KINDS[kind as KillKind](url);
for (let round = 1; ; round++) {
  for (const { name, write } of operations) {
    mkdirSync(join(folder, name), { recursive: true });
    console.log(name);
    await write(join(folder, name), (round % 2) as 0 | 1);
  }
}
