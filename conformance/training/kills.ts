// Kills a training at random moments over both phases and takes it up again, until it ends: `tsx kills.ts [KILLS] [SEED]`.
// Each run must end with the same weights, byte by byte, and the same history as one that nobody killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compile } from '../../benchmarks/compile';
import { random } from '../../packages/core/src/training/random';

const kills = Number(process.argv[2] ?? 100);
const next = random(Number(process.argv[3] ?? 1));
const scratch = mkdtempSync(join(tmpdir(), 'thaw-training-kills-'));
const program = await compile(join(import.meta.dirname, 'kill-child.ts'), join(scratch, 'child.mjs'));
const counts = { killed: 0, runs: 0, different: 0 };
try {
  for (const network of ['small', 'face']) {
    const { line: expected, ms } = await whole(network, mkdtempSync(join(scratch, 'whole-')));
    for (let killed = 0; killed < kills / 2; ) {
      const folder = mkdtempSync(join(scratch, `${network}-`));
      for (;;) {
        const child = start(network, folder);
        const end = result(child);
        // After the run has begun, at a moment of about a third of it: most runs are killed several times.
        const moment = begun(child).then(
          () => new Promise((resolve) => setTimeout(resolve, (next() * ms) / 3)),
        );
        if ((await Promise.race([end.then(() => 'ended'), moment])) === 'ended') {
          counts.runs += 1;
          if ((await end) !== expected) {
            counts.different += 1;
            console.log(`expected ${expected}\nreceived ${await end}`);
          }
          break;
        }
        child.kill('SIGKILL');
        await end;
        killed += 1;
        counts.killed += 1;
      }
      console.log(network, JSON.stringify(counts));
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = counts.different === 0 ? 0 : 1;

async function whole(network: string, folder: string): Promise<{ line: string; ms: number }> {
  const child = start(network, folder);
  const end = result(child);
  await begun(child);
  const started = performance.now();
  const line = await end;
  if (!line) throw new Error(`${network}: the run that nobody killed ended without a result.`);
  return { line, ms: performance.now() - started };
}

function start(network: string, folder: string): ChildProcess {
  return spawn(process.execPath, [program, network, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function begun(child: ChildProcess): Promise<void> {
  await once(createInterface({ input: child.stdout! }), 'line');
}

/** The last line that it prints, once it has ended. */
async function result(child: ChildProcess): Promise<string | undefined> {
  let last: string | undefined;
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line.startsWith('{')) last = line;
  });
  await once(child, 'close');
  return last;
}
