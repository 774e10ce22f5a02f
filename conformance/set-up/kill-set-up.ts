// Kills `thaw-backends setup` with SIGKILL at random moments, and runs it on disks that are too small, with a stand-in
// for PyPI and npm. Afterwards the cache must have a whole native backend or none. Usage: tsx
// conformance/set-up/kill-set-up.ts [KILLS] [SEED]
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { checkAddon } from '../../packages/backends/src/native/check-addon';
import { nativeFolder } from '../../packages/backends/src/native/native-folder';
import { NATIVE_ADDON, nativeFault } from '../../packages/backends/src/native/native-manifest';
import { readTarball } from '../../packages/backends/src/native/read-tarball';
import { isCacheWhole, tensorflowFolder } from '../../packages/backends/src/native/tensorflow-cache';
import { tensorflowWheel } from '../../packages/backends/src/native/tensorflow-wheel';
import { hashOfFiles, neededFiles } from '../../packages/backends/src/native/tfjs-node-release';
import { makeFakeWorld } from '../../packages/backends/test/native/fake-tensorflow';
import { addToKills } from '../files/kill-table';
import { standInPins, standInServer } from './stand-in-server';

const [kills = 100, seed = 1] = process.argv.slice(2).map(Number);
const world = await makeFakeWorld();
const server = await standInServer(world);
const tfjsNodeSha256 = hashOfFiles(neededFiles(await readTarball(readFileSync(world.tfjsNode))));
const child = join(world.root, 'child.cjs');
await build({
  entryPoints: [join(import.meta.dirname, 'set-up-child.ts')],
  bundle: true,
  platform: 'node',
  outfile: child,
  define: { 'import.meta.url': JSON.stringify(import.meta.url) },
  external: ['node-api-headers'],
  logLevel: 'error',
});

let state = seed;
/** A number in [0, 1), the same for the same seed (Numerical Recipes' linear congruential generator). */
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

/** Runs a set-up, kills it after the given milliseconds, and gives its last line. */
async function setUp(
  cache: string,
  verify: boolean,
  killAfterMs = Number.POSITIVE_INFINITY,
): Promise<string> {
  const options = { project: world.project, cache, verify, from: 'wheel' };
  const pins = standInPins(world, tfjsNodeSha256);
  const headers = join(import.meta.dirname, '../../packages/backends/node_modules');
  const process_ = spawn(process.execPath, [child, JSON.stringify({ options, ...pins })], {
    env: { ...process.env, ...server.env, NODE_PATH: headers },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  process_.stdout.on('data', (text) => {
    output += text;
  });
  const timer =
    killAfterMs < Number.POSITIVE_INFINITY && setTimeout(() => process_.kill('SIGKILL'), killAfterMs);
  await once(process_, 'close');
  if (timer) clearTimeout(timer);
  return output.trim();
}

/** The state of the cache: nothing, a whole native backend that loads, or a description of what is broken. */
async function look(cache: string): Promise<string> {
  const folder = nativeFolder(cache);
  const fault = nativeFault(folder);
  if (fault === 'it is not set up') {
    const libraries = tensorflowFolder(cache, tensorflowWheel());
    if (!existsSync(libraries)) return 'none';
    return (await isCacheWhole(libraries, { hash: true }))
      ? 'libraries'
      : 'BROKEN: libraries without a manifest';
  }
  if (fault) return `BROKEN: ${fault}`;
  const check = await checkAddon(join(folder, NATIVE_ADDON));
  return 'tensorflow' in check ? 'whole' : `BROKEN: ${check.fault}`;
}

/** Makes the lock look old, so that the next round needn't wait. */
function age(cache: string): void {
  const lock = join(cache, '.lock');
  const longAgo = new Date(Date.now() - 60_000);
  if (existsSync(lock)) utimesSync(lock, longAgo, longAgo);
}

const leftovers = (cache: string) =>
  ['tensorflow', 'native'].flatMap((part) =>
    readdirSync(join(cache, part)).filter((name) => name.startsWith('.partial-')),
  );

const counts: Record<string, number> = {};
function count(outcome: string): void {
  counts[outcome] = (counts[outcome] ?? 0) + 1;
  if (/BROKEN|WRONG/.test(outcome)) process.exitCode = 1;
}

/** The row of kills.md. A set-up that had ended before its kill isn't in it. */
const row = { kills: 0, whole: 0, none: 0, wrong: 0, leftovers: 0 };

/** The duration of an undisturbed set-up, updated as the machine's load changes. */
let wholeMs = 0;
for (let round = 0; round < 2; round++) {
  rmSync(world.cache, { recursive: true, force: true });
  const started = performance.now();
  await setUp(world.cache, false);
  wholeMs = performance.now() - started;
}
for (let round = 0; round < kills; round++) {
  // Starts from nothing, from what the last kill left, or from a whole but damaged backend, which must be replaced.
  const start = round % 3;
  if (start === 0) rmSync(world.cache, { recursive: true, force: true });
  const isDamaged = start === 2 && (await look(world.cache)) === 'whole';
  if (isDamaged) appendFileSync(join(nativeFolder(world.cache), NATIVE_ADDON), 'x');
  age(world.cache);
  const started = performance.now();
  const end = await setUp(world.cache, isDamaged, random() * wholeMs);
  if (end && end !== 'present') wholeMs = (wholeMs + performance.now() - started) / 2;
  const found = await look(world.cache);
  // A damaged backend that wasn't reached yet is recognised by its size, and replaced by the next set-up.
  const isTold = isDamaged && /tfjs_binding\.node is damaged/.test(found);
  if (!end) {
    row.kills += 1;
    row[found === 'none' || isTold ? 'none' : found.startsWith('BROKEN') ? 'wrong' : 'whole'] += 1;
  }
  count(`after a kill: ${isTold ? 'the damaged one, told' : found}${end ? ' (was done before)' : ''}`);
  if (round % 10 === 9) {
    age(world.cache);
    const again = await setUp(world.cache, false);
    const isRight = /^(wheel|present)$/.test(again) && (await look(world.cache)) === 'whole';
    count(`set up once more: ${isRight ? again : `WRONG ${again}`}`);
    row.leftovers += leftovers(world.cache).length;
    if (leftovers(world.cache).length) count(`WRONG leftovers ${leftovers(world.cache)}`);
  }
}

/** Full disks: small file systems in memory, which only root can mount. */
if (process.getuid?.() === 0) {
  const disk = join(world.root, 'disk');
  mkdirSync(disk);
  for (let kilobytes = 16; kilobytes <= 1024; kilobytes = Math.ceil(kilobytes * 1.25)) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk]);
    try {
      const end = await setUp(disk, false);
      count(`full disk: ${end.split('\n')[0]}, then ${await look(disk)}`);
    } finally {
      execFileSync('umount', [disk]);
    }
  }
}

addToKills(new Map([['thaw-backends setup', row]]), seed);
console.log(`${kills} kills within the ${(wholeMs / 1000).toFixed(1)} s of a set-up, seed ${seed}`);
for (const [outcome, times] of Object.entries(counts).sort()) console.log(`${times} × ${outcome}`);
server.close();
world.remove();
