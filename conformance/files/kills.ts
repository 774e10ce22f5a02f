// Kills processes in the middle of saving, exporting, downloading and reporting, and looks at what is left:
// `tsx kills.ts [--kills N a kind] [--seed N] [--kind NAME]…`. Adds its counts to kills.md.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { compile } from '../../benchmarks/compile';
import { useBestBackend } from '../../packages/backends/src/index';
import { random } from '../../packages/core/src/training/random';
import { KILL_KINDS, type KillKind, type KillOperation, payload } from './kill-kinds';
import { addToKills } from './kill-table';

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string', multiple: true, default: Object.keys(KILL_KINDS) },
  },
});
/** Kills in one folder before it is looked at for leftovers. */
const KILLS_A_FOLDER = 25;
/** The temporary names of writers. Partial downloads are continued by the next run. */
const TEMPORARY = /\.tmp(\/|$)|\.part$|(^|\/)\.thaw-lock/;

type Files = ReadonlyMap<string, Buffer>;
interface Counts {
  kills: number;
  whole: number;
  none: number;
  wrong: number;
  leftovers: number;
}

const next = random(Number(options.seed));
const scratch = mkdtempSync(join(tmpdir(), 'thaw-kills-'));
const program = await compile(join(import.meta.dirname, 'kill-child.ts'), join(scratch, 'child.mjs'));
const counts = new Map<string, Counts>();
const server = createServer(({ url = '' }, response) => {
  // In pieces, so that a kill can hit a download.
  const bytes = payload(Number(/weights-(\d)/.exec(url)?.[1]));
  response.setHeader('content-length', bytes.length);
  for (let at = 0; at < bytes.length; at += 20_000) {
    setTimeout(() => response.write(bytes.subarray(at, at + 20_000)), at / 10_000);
  }
  setTimeout(() => response.end(), bytes.length / 10_000 + 2);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
try {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
  for (const kind of options.kind as KillKind[]) await killAll(kind, Number(options.kills));
} finally {
  server.close();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(Object.fromEntries(counts));
addToKills(counts, Number(options.seed));
process.exitCode = [...counts.values()].every(({ wrong, leftovers }) => wrong + leftovers === 0) ? 0 : 1;

async function killAll(kind: KillKind, kills: number): Promise<void> {
  const operations = KILL_KINDS[kind](url);
  const { versions, ms } = await references(operations, join(scratch, `${kind}-reference`));
  for (const { name } of operations)
    counts.set(name, { kills: 0, whole: 0, none: 0, wrong: 0, leftovers: 0 });
  for (let start = 0; start < kills; start += KILLS_A_FOLDER) {
    const folder = mkdtempSync(join(scratch, `${kind}-`));
    for (let kill = start; kill < Math.min(kills, start + KILLS_A_FOLDER); kill++) {
      const child = spawn(process.execPath, [program, kind, folder, url], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const hit = await killAtRandom(child, ms);
      for (const operation of operations) {
        const found = await look(operation, filesOf(join(folder, operation.name)), versions[operation.name]);
        const row = counts.get(operation.name)!;
        // A kill counts for the operation that it hit. What the others left is looked at, too.
        if (operation.name === hit) {
          row.kills += 1;
          row[found] += 1;
        } else if (found === 'wrong') row.wrong += 1;
        if (found === 'wrong') console.log(`wrong: ${operation.name}, kill ${kill} during ${hit}`);
      }
    }
    await lookForLeftovers(operations, folder, versions);
    rmSync(folder, { recursive: true, force: true });
    console.error(kind, start);
  }
}

/** The files of both versions, by operation, and the time of a round of all of them. */
async function references(operations: readonly KillOperation[], folder: string) {
  const versions: Record<string, readonly [Files, Files]> = {};
  let ms = 0;
  for (const { name, write } of operations) {
    const files: Files[] = [];
    for (const version of [0, 1] as const) {
      const own = join(folder, name, String(version));
      mkdirSync(own, { recursive: true });
      const started = performance.now();
      await write(own, version);
      ms += (performance.now() - started) / 2;
      files.push(filesOf(own));
    }
    versions[name] = [files[0], files[1]];
  }
  return { versions, ms };
}

/** Within one and a half rounds from the beginning of the first; gives the operation that was hit. */
async function killAtRandom(child: ChildProcess, ms: number): Promise<string> {
  let last = '';
  const lines = createInterface({ input: child.stdout! });
  lines.on('line', (line) => {
    last = line;
  });
  await once(lines, 'line');
  await new Promise((resolve) => setTimeout(resolve, 1.5 * ms * next()));
  child.kill('SIGKILL');
  await once(child, 'close');
  return last;
}

async function look(
  { main, mayMiss, versionOf }: KillOperation,
  files: Files,
  versions: readonly [Files, Files],
): Promise<'whole' | 'none' | 'wrong'> {
  const isOf = async (version: Files, name: string) => {
    const [content, expected] = [files.get(name), version.get(name)];
    if (!content || !expected) return false;
    if (!versionOf) return content.equals(expected);
    const found = await versionOf(content).catch(() => undefined);
    return found === (await versionOf(expected));
  };
  const firstOf = async (name: string) =>
    (await isOf(versions[0], name)) ? versions[0] : (await isOf(versions[1], name)) ? versions[1] : undefined;
  if (main === undefined) {
    const final = [...files.keys()].filter((name) => !TEMPORARY.test(name));
    const found = await Promise.all(final.map(firstOf));
    if (found.length === 0) return 'none';
    return found.includes(undefined) ? 'wrong' : 'whole';
  }
  const version = await firstOf(main);
  if (!version) return files.has(main) ? 'wrong' : 'none';
  for (const name of version.keys()) {
    if (!(await isOf(version, name)) && !(mayMiss && !files.has(name))) return 'wrong';
  }
  return 'whole';
}

/** One more write of each version leaves nothing but that version, or both where files stand for themselves. */
async function lookForLeftovers(
  operations: readonly KillOperation[],
  folder: string,
  versions: Readonly<Record<string, readonly [Files, Files]>>,
): Promise<void> {
  for (const { name, write, main } of operations) {
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    for (const version of [1, 0] as const) await write(own, version);
    const [latest, other] = versions[name];
    const left = [...filesOf(own).keys()].filter(
      (file) => !latest.has(file) && !(main === undefined && other.has(file)),
    );
    if (left.length > 0) console.log(`left over of ${name}: ${left.join(', ')}`);
    counts.get(name)!.leftovers += left.length;
  }
}

function filesOf(folder: string): Files {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), readFileSync(path)];
    }),
  );
}
