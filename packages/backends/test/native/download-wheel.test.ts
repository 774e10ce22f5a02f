import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadWheel } from '../../src/native/download-wheel';
import { tensorflowWheel } from '../../src/native/tensorflow-wheel';
import { type FakeWorld, HAS_PIP, makeFakeWorld } from './fake-tensorflow';

const python = process.env.THAW_PYTHON ?? 'python3';
let world: FakeWorld;

// pip reads a folder in place of an index, so nothing is fetched from anywhere.
function download(sha256: string, folder: string, findLinks = world.root): Promise<string> {
  mkdirSync(join(world.root, folder));
  const env = { ...process.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: findLinks };
  return downloadWheel({ ...tensorflowWheel(), sha256 }, { python, folder: join(world.root, folder), env });
}

describe.runIf(HAS_PIP)('downloadWheel', () => {
  beforeAll(async () => {
    world = await makeFakeWorld();
  });
  afterAll(() => world.remove());

  it('fetches the wheel of this platform whatever the version of Python, from the index that pip is set to', async () => {
    const path = await download(world.wheelSha256, 'good');
    expect(basename(path)).toBe(basename(world.wheel));
    expect(basename(dirname(path))).toBe('wheel');
    expect(existsSync(path)).toBe(true);
  });

  it('refuses a file with another hash', async () => {
    await expect(download('0'.repeat(64), 'other')).rejects.toMatchObject({
      name: 'NativeSetupError',
      code: 'ERR_NATIVE_DOWNLOAD',
    });
  });

  it('says what pip said where the index has no such wheel', async () => {
    const error = await download(world.wheelSha256, 'none', world.cache).catch((caught: Error) => caught);
    expect(error).toMatchObject({ code: 'ERR_NATIVE_DOWNLOAD' });
    expect((error as Error).message).toMatch(/No matching distribution/);
  });
});
