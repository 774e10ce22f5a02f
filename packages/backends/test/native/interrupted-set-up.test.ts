import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nativeFolder } from '../../src/native/native-folder';
import { nativeFault } from '../../src/native/native-manifest';
import { setupNative } from '../../src/native/setup-native';
import { FAKE_VERSION, type FakeWorld, HAS_COMPILER, makeFakeWorld } from './fake-tensorflow';

const CHILD = fileURLToPath(new URL('./set-up-child.ts', import.meta.url));

let world: FakeWorld;
beforeEach(async () => {
  world = await makeFakeWorld();
});
afterEach(() => world.remove());

/** Paths in the cache, with the process id and the time that an unfinished folder's name has left out. */
function paths(): string[] {
  if (!existsSync(world.cache)) return [];
  const all = readdirSync(world.cache, { recursive: true, encoding: 'utf8' });
  return all.map((path) => path.replace(/\.partial-[\d-]+/, '.partial'));
}

/** Starts a set-up in a process of its own and kills it as soon as the cache has a path that ends so. */
async function killAt(end: string): Promise<void> {
  const { project, cache, wheel, tfjsNode } = world;
  const options = JSON.stringify({ project, cache, wheel, tfjsNode });
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, options], {
    cwd: dirname(CHILD),
    stdio: 'ignore',
  });
  const exit = once(child, 'exit');
  while (child.exitCode === null && !paths().some((path) => path.endsWith(end)))
    await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill('SIGKILL');
  await exit;
}

describe.runIf(HAS_COMPILER)('a set-up that is killed', () => {
  it.each([
    ['when it begins to unpack', 'tensorflow/.partial'],
    ['between the libraries and the addon', join('native', '.partial')],
    ['while it compiles', join('scratch', 'binding', 'tfjs_binding.cc')],
    ['when the addon is there and the manifest is not', join('.partial', 'tfjs_binding.node')],
  ])('%s leaves no half native backend, and the next set-up makes a whole one', async (_, path) => {
    await killAt(path);
    expect([undefined, 'it is not set up']).toContain(nativeFault(nativeFolder(world.cache)));
    // As if the time had passed in which its lock holds.
    const lock = join(world.cache, '.lock');
    if (existsSync(lock)) utimesSync(lock, new Date(0), new Date(0));
    const { project, cache, wheel, tfjsNode } = world;
    const made = await setupNative({ project, cache, wheel, tfjsNode, log: () => {} });
    expect(made.tensorflow).toBe(FAKE_VERSION);
    expect(nativeFault(nativeFolder(world.cache))).toBeUndefined();
    expect(paths().filter((left) => left.includes('.partial'))).toEqual([]);
  });
});
