// Kills processes while they save, export, download, report and train, and checks what is left. Usage: tsx kills.ts
// [--kills N per writer] [--seed N] [--kind NAME]… [--writer NAME]…. Adds its counts to kills.md.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from '../../benchmarks/compile';
import { useBestBackend } from '../../packages/backends/src/index';
import { random } from '../../packages/core/src/training/random';
import { addToKills } from './kill-table';
import { leftoversIn, lookAt, referencesOf } from './look-at';
import { payloadServer } from './payload-server';
import { WRITERS, type Writer, type WriterKind } from './writers';

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string', multiple: true, default: Object.keys(WRITERS) },
    writer: { type: 'string', multiple: true, default: [] },
  },
});
/** The number of kills in one folder before it is checked for leftovers. */
const KILLS_A_FOLDER = 20;

const next = random(Number(options.seed));
const scratch = mkdtempSync(join(tmpdir(), 'thaw-kills-'));
const program = await compile(join(import.meta.dirname, 'kill-child.ts'), join(scratch, 'child.mjs'));
const server = await payloadServer();
let isRight = true;
try {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
  for (const kind of options.kind as WriterKind[]) {
    for (const writer of WRITERS[kind](server.url)) {
      if (options.writer.length > 0 && !options.writer.includes(writer.name)) continue;
      const row = await killAll(kind, writer);
      console.log(writer.name, JSON.stringify(row));
      addToKills(new Map([[writer.name, row]]), Number(options.seed));
      isRight &&= row.wrong + row.leftovers === 0;
    }
  }
} finally {
  server.close();
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = isRight ? 0 : 1;

async function killAll(kind: WriterKind, writer: Writer) {
  const row = { kills: 0, whole: 0, none: 0, wrong: 0, leftovers: 0 };
  const { versions, ms } = await referencesOf(writer, mkdtempSync(join(scratch, 'reference-')));
  while (row.kills < Number(options.kills)) {
    const folder = mkdtempSync(join(scratch, `${kind}-`));
    for (let kill = 0; kill < KILLS_A_FOLDER && row.kills < Number(options.kills); kill++) {
      await killAtRandom([kind, writer.name, folder, server.url], ms);
      const found = await lookAt(writer, folder, versions);
      if (found === 'wrong') console.log(`${writer.name}: wrong after kill ${row.kills}`);
      row.kills += 1;
      row[found] += 1;
    }
    mkdirSync(folder, { recursive: true });
    for (const version of [1, 0] as const) await writer.write(folder, version);
    const left = leftoversIn(writer, folder, versions);
    if (left.length > 0) console.log(`${writer.name}: left over: ${left.join(', ')}`);
    row.leftovers += left.length;
    rmSync(folder, { recursive: true, force: true });
  }
  return row;
}

/** Starts the child, and kills it while it writes its first two versions, which take longer than later ones. */
async function killAtRandom(argv: readonly string[], ms: number): Promise<void> {
  const child = spawn(process.execPath, [program, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part) => {
    said = (said + part).slice(-1000);
  });
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  // The first write of a process also loads code.
  await new Promise((resolve) => setTimeout(resolve, (3 * ms + 500) * next()));
  child.kill('SIGKILL');
  const [code] = await closed;
  // A child that has ended by itself was not killed while it wrote.
  if (code !== null) throw new Error(`${argv.join(' ')}: exit ${code}: ${said}`);
}
