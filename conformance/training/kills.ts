// Kills trainings at random moments over both phases and resumes them, until they end (after five kills at most):
// `tsx kills.ts [KILLS] [SEED] [small|face]`, 100 kills of each network by default. Each run must end with the same weights,
// byte by byte, and the same history as a run that nobody killed. Adds its counts to the table of kills.md.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compile } from '../../benchmarks/compile';
import { random } from '../../packages/core/src/training/random';
import { addToTable, type KillCounts } from './kills-table';

const kills = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? 1);
/** The most kills of one run. After them it may finish. */
const KILLS_A_RUN = 5;
const networks = process.argv[4] ? [process.argv[4]] : ['small', 'face'];
const next = random(seed);
const scratch = mkdtempSync(join(tmpdir(), 'thaw-training-kills-'));
const program = await compile(join(import.meta.dirname, 'kill-child.ts'), join(scratch, 'child.mjs'));
try {
  for (const network of networks) {
    const counts = await killAndResume(network);
    console.log(JSON.stringify(counts));
    addToTable(counts);
    if (counts.different > 0) process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function killAndResume(network: string): Promise<KillCounts> {
  const counts = { network, seed, head: 0, thaw: 0, runs: 0, different: 0 };
  let { line: expected, ms } = await whole(network);
  while (counts.head + counts.thaw < kills) {
    const folder = mkdtempSync(join(scratch, `${network}-`));
    let end: string | undefined;
    for (let killed = 0; end === undefined; killed++) {
      const child = start(network, folder);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const begun = child.begun.then(() => {
        // Early moments are more likely, so that the short head phase is hit, too.
        const moment = next() * next() * ms;
        if (killed < KILLS_A_RUN) timer = setTimeout(() => child.process.kill('SIGKILL'), moment);
        return performance.now();
      });
      end = await child.end;
      clearTimeout(timer);
      // The machine may be less busy than at the last undisturbed run.
      if (end !== undefined && killed === 0) ms = performance.now() - (await begun);
      if (end === undefined) counts[child.phase() as 'head' | 'thaw'] += 1;
      else if (end !== expected) console.log(`expected ${expected}\nreceived ${end}`);
      counts.runs += Number(end !== undefined);
      counts.different += Number(end !== undefined && end !== expected);
    }
    rmSync(folder, { recursive: true });
    console.error(JSON.stringify(counts));
  }
  return counts;
}

/** The result of an undisturbed run, and its milliseconds from the start of the first phase. */
async function whole(network: string): Promise<{ line: string; ms: number }> {
  const folder = mkdtempSync(join(scratch, 'whole-'));
  const child = start(network, folder);
  await child.begun;
  const started = performance.now();
  const line = await child.end;
  rmSync(folder, { recursive: true });
  if (line === undefined) throw new Error(`${network}: the run that nobody killed ended without a result.`);
  return { line, ms: performance.now() - started };
}

interface Child {
  readonly process: ChildProcess;
  /** Resolves at the first line: a phase has begun. */
  readonly begun: Promise<unknown>;
  /** The result, once the process has ended; undefined if it was killed. */
  readonly end: Promise<string | undefined>;
  /** The phase that began last. */
  phase(): string | undefined;
}

/** @throws Error by `end` if the child ends by itself without a result. */
function start(network: string, folder: string): Child {
  const child = spawn(process.execPath, [program, network, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // The weights of the face network are a dependency of core.
    cwd: join(import.meta.dirname, '../../packages/core'),
  });
  let phase: string | undefined;
  let result: string | undefined;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (line.startsWith('{')) result = line;
    else phase = line;
  });
  const ended = async () => {
    const [code] = await once(child, 'close');
    if (code !== null && code !== 0)
      throw new Error(`${network}: the training failed with exit code ${code}.`);
    return result;
  };
  return { process: child, begun: once(lines, 'line'), end: ended(), phase: () => phase };
}
