// Kills `thaw train`, `search`, `predict` and `export` at random moments, and starts them again until they end:
// `tsx cli-kills.ts [--kills N a command] [--seed N] [--command NAME]… [--signal SIGTERM]`. Each must end with the results of
// a command that nobody killed. Adds its counts to kills.md.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from '../../benchmarks/compile';
import { drawImages, saveTinyModel } from '../../packages/cli/test/tiny-run';
import { random } from '../../packages/core/src/training/random';
import { addToKills, type KillRow } from './kill-table';

const SMALL = ['--backbone', 'mobilenet_v3_small', '--weights', 'none', '--size', '32', '--backend', 'cpu'];
/** The most kills of one command. After them it may finish. */
const MOST_KILLS = 4;

interface Command {
  /** The command line; `again` is true if an earlier one was killed. */
  line(out: string, again: boolean): readonly string[];
  /** The results, which must be the same after any number of kills. */
  results(out: string): string;
  /** Names in the folder that must be temporary. */
  readonly leftovers: RegExp;
}

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    command: { type: 'string', multiple: true, default: ['train', 'search', 'predict', 'export'] },
    signal: { type: 'string', default: 'SIGKILL' },
  },
});
const next = random(Number(options.seed));
const signal = options.signal as NodeJS.Signals;
const scratch = mkdtempSync(join(tmpdir(), 'thaw-cli-kills-'));
const text = (...path: string[]) => readFileSync(join(...path), 'utf8');
const TEMPORARY = /\.(tmp|part)$|thaw-lock/;

const COMMANDS: Readonly<Record<string, Command>> = {
  train: {
    line: (out, again) =>
      again && existsSync(join(out, 'command.json'))
        ? ['train', '--resume', '--out', out]
        : ['train', scratch, ...SMALL, '--head-epochs', '3', '--thaw-epochs', '1', '--out', out],
    results: (out) => {
      const { rows } = JSON.parse(text(out, 'history.json')) as { rows: { seconds: number }[] };
      return JSON.stringify([
        rows.map(({ seconds, ...row }) => row),
        text(out, 'evaluation.json'),
        text(out, 'scores.csv'),
        readdirSync(join(out, 'model')),
        existsSync(join(out, 'report.html')),
      ]);
    },
    leftovers: TEMPORARY,
  },
  search: {
    line: (out) => ['search', scratch, ...SMALL, '--trials', '2', '--halving', '2', '--out', out],
    results: (out) => {
      const { trials, best } = JSON.parse(text(out, 'search.json'));
      return JSON.stringify([best, trials.map(({ seconds, ...trial }: { seconds: number }) => trial)]);
    },
    leftovers: TEMPORARY,
  },
  predict: {
    line: (out) => [
      'predict',
      join(scratch, 'images'),
      ...['--model', scratch, '--backend', 'cpu', '--csv', '--out', join(out, 'scores.csv')],
    ],
    results: (out) => text(out, 'scores.csv'),
    leftovers: TEMPORARY,
  },
  export: {
    line: (out) => ['export', scratch, '--to', 'onnx', '--out', join(out, 'model.onnx')],
    results: (out) => text(out, 'model.onnx'),
    leftovers: TEMPORARY,
  },
};

const program = await compile(
  join(import.meta.dirname, '../../packages/cli/src/main.ts'),
  join(scratch, 'thaw.mjs'),
);
const rows = new Map<string, KillRow>();
try {
  await drawImages(scratch, 40);
  await saveTinyModel(scratch);
  for (const name of options.command)
    rows.set(`thaw ${name}${signal === 'SIGKILL' ? '' : `, ${signal}`}`, await killAll(COMMANDS[name]));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(Object.fromEntries(rows));
addToKills(rows, Number(options.seed));
process.exitCode = [...rows.values()].every(({ wrong, leftovers }) => wrong + leftovers === 0) ? 0 : 1;

async function killAll({ line, results, leftovers }: Command): Promise<KillRow> {
  const row = { kills: 0, whole: 0, none: 0, wrong: 0, leftovers: 0 };
  const reference = mkdtempSync(join(scratch, 'whole-'));
  const whole = await run(line(reference, false));
  if (whole.code !== 0) throw new Error(`${line(reference, false).join(' ')}: ${whole.said}`);
  const expected = results(reference);
  let { ms } = whole;
  while (row.kills < Number(options.kills)) {
    const out = mkdtempSync(join(scratch, 'out-'));
    for (let killed = 0; ; killed++) {
      const ended = await run(line(out, killed > 0), killed < MOST_KILLS ? ms * next() : undefined);
      // Exit code 143: the command received SIGTERM, and ended by itself.
      if (ended.code === null || ended.code === 143) {
        row.kills += 1;
        continue;
      }
      // The load of the machine may have changed.
      if (killed === 0) ms = (ms + ended.ms) / 2;
      const isRight = ended.code === 0 && results(out) === expected;
      if (!isRight) console.log(`after ${killed} kills: exit ${ended.code}, ${ended.said}`);
      row.whole += isRight ? killed : 0;
      row.wrong += isRight ? 0 : 1;
      break;
    }
    const left = readdirSync(out, { recursive: true })
      .map(String)
      .filter((name) => leftovers.test(name));
    if (left.length > 0) console.log(`left over: ${left.join(', ')}`);
    row.leftovers += left.length;
    rmSync(out, { recursive: true });
    console.error(JSON.stringify(row));
  }
  return row;
}

/** Runs a command line, and kills it after the given milliseconds. The exit code is null if it was killed. */
async function run(argv: readonly string[], killAfterMs?: number) {
  const started = performance.now();
  const child = spawn(process.execPath, [program, ...argv], {
    cwd: join(import.meta.dirname, '../../packages/cli'),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (part) => {
    said = (said + part).slice(-1000);
  });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill(signal), killAfterMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, said, ms: performance.now() - started };
}
