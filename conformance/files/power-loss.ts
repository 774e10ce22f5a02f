// Simulates power losses while files are written: any combination of unsynced writes is lost. Afterwards there must be
// an old version or a new one. Usage: tsx power-loss.ts [LOSSES per writer] [SEED]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { useBestBackend } from '../../packages/backends/src/index';
import { random } from '../../packages/core/src/training/random';
import { lookAt, referencesOf } from './look-at';
import { payloadServer } from './payload-server';
import { type DiskImage, recordDisk } from './recording-disk';
import { WRITERS, type Writer } from './writers';

const losses = Number(process.argv[2] ?? 500);
const next = random(Number(process.argv[3] ?? 1));
const ROUNDS = 4;
const scratch = mkdtempSync(join(tmpdir(), 'thaw-power-'));
const server = await payloadServer();
let isRight = true;
try {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
  for (const writer of Object.values(WRITERS).flatMap((make) => make(server.url))) {
    const counts = await losePower(writer);
    console.log(writer.name, JSON.stringify(counts));
    isRight &&= counts.wrong + counts.neither === 0;
  }
} finally {
  server.close();
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = isRight ? 0 : 1;

async function losePower(writer: Writer) {
  const counts = { losses: 0, whole: 0, none: 0, wrong: 0, neither: 0 };
  const { versions } = await referencesOf(writer, mkdtempSync(join(scratch, 'reference-')));
  const folder = mkdtempSync(join(scratch, 'disk-'));
  const disk = recordDisk(folder);
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      await writer.write(folder, (round % 2) as 0 | 1);
      disk.mark(round);
    }
  } finally {
    disk.close();
  }
  for (let loss = 0; loss < losses; loss++) {
    const moment = Math.floor(next() * (disk.operations + 1));
    const after = restored(disk.afterLoss(moment, next));
    const found = await lookAt(writer, after, versions);
    counts.losses += 1;
    counts[found] += 1;
    // Caches may be lost, because they are made again.
    if (found === 'none' && disk.roundsDone(moment) > 0 && !writer.isCache) counts.neither += 1;
    rmSync(after, { recursive: true, force: true });
  }
  return counts;
}

/** A folder with the contents of a disk image. */
function restored({ folders, files }: DiskImage): string {
  const folder = mkdtempSync(join(scratch, 'after-'));
  for (const path of folders) mkdirSync(join(folder, path), { recursive: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
