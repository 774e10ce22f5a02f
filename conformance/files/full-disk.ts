// Fills a small disk up to the last bytes and writes there, with less and less free space. Usage: tsx full-disk.ts DISK
// [TRIES per writer] [WRITER…]. Afterwards there must be a whole old version or a whole new one, and a failed write must throw an
// error of Thaw.
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBestBackend } from '../../packages/backends/src/index';
import { leftoversIn, lookAt, referencesOf, TEMPORARY } from './look-at';
import { payloadServer } from './payload-server';
import { WRITERS, type Writer } from './writers';

const disk = process.argv[2];
const tries = Number(process.argv[3] ?? 40);
const only = process.argv.slice(4);
const BLOCK = 4096;
const scratch = mkdtempSync(join(tmpdir(), 'thaw-full-disk-'));
const server = await payloadServer();
let isRight = true;
try {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
  for (const writer of Object.values(WRITERS).flatMap((make) => make(server.url))) {
    if (only.length > 0 && !only.includes(writer.name)) continue;
    const counts = await fill(writer);
    console.log(writer.name, JSON.stringify(counts));
    isRight &&= counts.wrong + counts.unnamed + counts.leftovers === 0;
  }
} finally {
  server.close();
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = isRight ? 0 : 1;

async function fill(writer: Writer) {
  const counts = { tries: 0, refused: 0, unnamed: 0, whole: 0, none: 0, wrong: 0, leftovers: 0 };
  const { versions } = await referencesOf(writer, mkdtempSync(join(scratch, 'reference-')));
  const filler = join(disk, 'filler');
  for (let room = 0; room < tries; room++) {
    const folder = join(disk, `out-${room}`);
    mkdirSync(folder);
    // Every other time there is an old version already.
    if (room % 2 === 1) await writer.write(folder, 1);
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - Math.ceil(room / 2) * BLOCK)));
    const error = await writer.write(folder, 0).then(
      () => undefined,
      (one: Error & { code?: unknown }) => one,
    );
    counts.tries += 1;
    counts.refused += Number(error !== undefined);
    if (error && !/^ERR_/.test(String(error.code))) {
      counts.unnamed += 1;
      console.log(`${writer.name}: ${error.name}: ${error.message}`);
    }
    const found = await lookAt(writer, folder, versions);
    if (found === 'wrong') console.log(`${writer.name}: wrong with ${Math.ceil(room / 2)} blocks`);
    counts[found] += 1;
    rmSync(filler);
    const left = leftoversIn(writer, folder, versions).filter((name) => TEMPORARY.test(name));
    // A part of a download may stay, because the next download continues it.
    counts.leftovers += left.filter((name) => !(writer.name === 'download' && name.endsWith('.part'))).length;
    rmSync(folder, { recursive: true });
  }
  return counts;
}
