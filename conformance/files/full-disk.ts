// Fills a small disk to the last bytes, and saves and exports there: `tsx full-disk.ts DISK`.
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFolder } from '../../packages/core/src/files/write-folder';
import { readModelFolder } from '../../packages/core/src/persistence/read-model-folder';
import { writeModelFolder } from '../../packages/core/src/persistence/write-model-folder';
import { nodeModules } from '../../packages/core/src/platform/node';
import { numberedModel, numberOf } from '../../packages/core/test/persistence/numbered-model';
import { openOutputFolder } from '../../packages/report/src/index';

const disk = process.argv[2];
const node = nodeModules()!;
const BLOCK = 4096;
const counts = { tries: 0, refused: 0, wrong: 0, leftovers: 0 };
const out = join(disk, 'run');
mkdirSync(out);

for (let room = 0; room < 130; room++) {
  rmSync(join(disk, 'filler'), { force: true });
  const old = -1 - room;
  await writeAll(old);
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - room * BLOCK)));
  counts.tries += 1;
  const failed = await writeAll(room + 1).then(
    () => false,
    () => true,
  );
  counts.refused += Number(failed);
  const numbers = [
    numberOf(await readModelFolder(node, join(out, 'model'))),
    ...['graph.pb', 'labels.json'].map(exported),
    page(),
  ];
  // The files are written one after the other: from some point on they may be old.
  const state = numbers.map((number) => (number === room + 1 ? 'n' : number === old ? 'o' : 'x')).join('');
  if (!/^(oooo|nooo|nnno|nnnn)$/.test(state) || (!failed && state !== 'nnnn')) {
    counts.wrong += 1;
    console.log(`${room} blocks left: ${state}`);
  }
  const files = readdirSync(out, { recursive: true }).map(String);
  counts.leftovers += files.filter((name) => /\.tmp|thaw-lock/.test(name)).length;
}
console.log(JSON.stringify(counts));
process.exitCode = counts.wrong + counts.leftovers === 0 ? 0 : 1;

async function writeAll(number: number): Promise<void> {
  await writeModelFolder(node, join(out, 'model'), numberedModel(number));
  const text = `${number} ${'x'.repeat(100_000)}`;
  await writeFolder(node, join(out, 'export'), { 'graph.pb': text, 'labels.json': text });
  await (await openOutputFolder(out)).write('report.html', text);
}

function exported(name: string): number {
  return Number.parseInt(readFileSync(join(out, 'export', name), 'utf8'), 10);
}

function page(): number {
  return Number.parseInt(readFileSync(join(out, 'report.html'), 'utf8'), 10);
}
