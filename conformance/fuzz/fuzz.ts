// Changed files for every reader, in child processes with limits, by seeds.
// Usage: tsx fuzz.ts [--files N a reader] [--from SEED] [--reader NAME]… [--show N]
//        tsx fuzz.ts --table [--files N a reader] [--seconds N]: goes on where the table of fuzz.md ends, and adds to it
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type FuzzCounts, filesOf, KINDS, type Kind, readTable, writeTable } from './fuzz-table';
import type { Reader } from './reader';
import { readers } from './readers';
import type { Outcome } from './try-file';

/** The limit of processor time. Other programs may keep the processor busy, so the time on the clock says little. */
const LIMIT_MS = 10_000;
/** The limit on the clock, for a reader that waits for something. */
const PATIENCE_MS = 60_000;
const LIMIT_BYTES = 2 ** 30;
const PAGE_BYTES = 4096;
/** The number of seeds after which the table is written. */
const CHUNK = 250;

const { values: options } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    reader: { type: 'string', multiple: true, default: [] },
    show: { type: 'string', default: '3' },
    table: { type: 'boolean', default: false },
    seconds: { type: 'string', default: 'Infinity' },
  },
});
const deadline = performance.now() + 1000 * Number(options.seconds);
const scratch = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'thaw-fuzz-'));
const names = readers.map(({ name }) => name);
const table = readTable();
const NO_FILES = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as FuzzCounts;
let faults = 0;
/** The child that read last, and the reader whose sample it has. */
let kept: { readonly reader: string; readonly child: ChildProcess } | undefined;
try {
  console.log(['reader'.padEnd(44), ...KINDS.map((kind) => kind.padStart(7))].join(' '));
  const chosen = readers.filter(({ name }) => options.reader.length === 0 || options.reader.includes(name));
  if (options.table) await addToTable(chosen);
  else for (const { name } of chosen) await fuzzAndShow(name, Number(options.from), Number(options.files));
} finally {
  if (kept?.child.connected) kept.child.disconnect();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(faults === 0 ? 'no fault' : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

/**
 * Reads the seeds after those of the table, and adds them chunk by chunk, starting with the reader that has the fewest.
 */
async function addToTable(chosen: readonly Reader[]): Promise<void> {
  const doneOf = (name: string) => filesOf(table.get(name) ?? NO_FILES);
  const left = new Map(chosen.map(({ name, share = 1 }) => [name, Math.ceil(Number(options.files) * share)]));
  while (performance.now() < deadline) {
    const open = [...left].filter(([name, files]) => doneOf(name) < files);
    const [next] = open.sort(([a, most], [b, other]) => doneOf(a) / most - doneOf(b) / other);
    if (!next) return;
    const [name, files] = next;
    const before = faults;
    const done = doneOf(name);
    const found = await fuzzAndShow(name, done + 1, Math.min(CHUNK, files - done));
    // A fault must be mended first.
    if (faults > before) {
      left.delete(name);
      continue;
    }
    const old = table.get(name) ?? NO_FILES;
    table.set(name, Object.fromEntries(KINDS.map((kind) => [kind, found[kind] + old[kind]])) as FuzzCounts);
    writeTable(table, names);
  }
}

async function fuzzAndShow(name: string, from: number, files: number): Promise<FuzzCounts> {
  const found = await fuzz(name, from, files);
  console.log([name.padEnd(44), ...KINDS.map((kind) => String(found[kind].length).padStart(7))].join(' '));
  for (const kind of KINDS.slice(2)) {
    faults += found[kind].length;
    for (const text of found[kind].slice(0, Number(options.show))) console.log(`    ${kind}: ${text}`);
  }
  return Object.fromEntries(KINDS.map((kind) => [kind, found[kind].length])) as FuzzCounts;
}

/**
 * Reads the changed files of several seeds. A child that hangs, grows too large or ends is replaced, and the new child
 * gets the next seed.
 */
async function fuzz(reader: string, from: number, files: number): Promise<Record<Kind, string[]>> {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, [] as string[]])) as Record<Kind, string[]>;
  for (let seed = from; seed < from + files; seed++) {
    const child = await childFor(reader);
    const { kind, file, error } = await outcomeOf(child, seed);
    counts[kind].push(`seed ${seed}, ${file}: ${error?.slice(0, 300).replaceAll('\n', ' ')}`);
    if (['hang', 'memory', 'abort'].includes(kind)) kept = undefined;
  }
  return counts;
}

/** A child with the sample of a reader: the last one, unless it has ended or grown too large. */
async function childFor(reader: string): Promise<ChildProcess> {
  if (kept?.reader === reader) return kept.child;
  if (kept && residentBytes(kept.child.pid!) > LIMIT_BYTES / 2) {
    kept.child.disconnect();
    kept = undefined;
  }
  const child = kept?.child ?? (await answered(start(), 'the child'));
  child.send({ reader });
  kept = { reader, child: await answered(child, reader) };
  return child;
}

function start(): ChildProcess {
  const script = fileURLToPath(new URL('./fuzz-child.ts', import.meta.url));
  return fork(script, [scratch], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

/** Waits until a child is ready. @throws Error if it ends before */
async function answered(child: ChildProcess, what: string): Promise<ChildProcess> {
  let said = '';
  const listen = (text: unknown) => {
    said = (said + text).slice(-2000);
  };
  child.stderr!.on('data', listen);
  const ready = new AbortController();
  const { signal } = ready;
  try {
    await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() =>
        Promise.reject(new Error(`${what}: its sample can't be read: ${said}`)),
      ),
    ]);
  } finally {
    ready.abort();
    child.stderr!.off('data', listen);
    child.stderr!.resume();
  }
  return child;
}

function outcomeOf(child: ChildProcess, seed: number): Promise<{ kind: Kind; file: string; error?: string }> {
  return new Promise((resolve) => {
    const done = (outcome: { kind: Kind; file: string; error?: string }) => {
      clearTimeout(limit);
      clearInterval(watch);
      child.removeAllListeners();
      if (!('file' in outcome) || outcome.file === '') child.kill('SIGKILL');
      resolve(outcome);
    };
    const hang = (error: string) => done({ kind: 'hang', file: '', error });
    const limit = setTimeout(() => hang('waited for more than a minute'), PATIENCE_MS);
    const started = processorMs(child.pid!);
    const watch = setInterval(() => {
      const bytes = residentBytes(child.pid!);
      if (bytes > LIMIT_BYTES) done({ kind: 'memory', file: '', error: `${bytes} bytes` });
      if (processorMs(child.pid!) - started > LIMIT_MS) hang('more than 10 s');
    }, 20);
    child.on('message', ({ outcome }: { outcome: Outcome }) => done(outcome));
    child.on('exit', (code, signal) => done({ kind: 'abort', file: '', error: `exit ${code ?? signal}` }));
    child.send({ seed });
  });
}

function residentBytes(pid: number): number {
  try {
    return PAGE_BYTES * Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  } catch {
    return 0;
  }
}

/** The processor time of a process, in user and system mode together. */
function processorMs(pid: number): number {
  try {
    // The name in parentheses may contain spaces. Ticks are hundredths of a second on Linux.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return 0;
  }
}
