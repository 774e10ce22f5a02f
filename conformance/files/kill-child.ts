// A process that writes versions 1, 0, 1, 0 … with one writer. Usage: kill-child.ts KIND WRITER FOLDER URL. It prints a
// line at its start.
import { useBestBackend } from '../../packages/backends/src/index';
import { WRITERS, type WriterKind } from './writers';

const [kind, name, folder, url] = process.argv.slice(2);
await useBestBackend({ prefer: ['cpu'], log: () => {} });
const writer = WRITERS[kind as WriterKind](url).find((one) => one.name === name)!;
console.log('ready');
for (let round = 1; ; round++) await writer.write(folder, (round % 2) as 0 | 1);
