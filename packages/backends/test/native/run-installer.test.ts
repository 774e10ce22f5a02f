import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findTfjsNode } from '../../src/native/find-tfjs-node';
import { runInstaller } from '../../src/native/run-installer';
import { setupNative } from '../../src/native/setup-native';
import { tensorflowFolder } from '../../src/native/tensorflow-cache';
import { tensorflowWheel } from '../../src/native/tensorflow-wheel';
import { FAKE_VERSION, type FakeWorld, HAS_COMPILER, makeFakeWorld } from './fake-tensorflow';

const LIMITS = { firstByteMs: 500, silenceMs: 500, totalMs: 5000 };

let world: FakeWorld;
afterEach(() => {
  vi.unstubAllEnvs();
  world.remove();
});

/** tfjs-node's own installer stands in a folder of its own; the fake one does what the test asks. */
async function withInstaller(script: string): Promise<NonNullable<ReturnType<typeof findTfjsNode>>> {
  world = await makeFakeWorld({ installer: script });
  world.installTfjsNode();
  return findTfjsNode(world.project)!;
}

/** What the real installer leaves behind when its download is cut off: half a library, and a changed package.json. */
const LITTER = `
const fs = require('fs');
fs.mkdirSync('deps/lib', { recursive: true });
fs.writeFileSync('deps/lib/libtensorflow.so', 'half a libr');
fs.mkdirSync('lib/napi-v8', { recursive: true });
fs.writeFileSync('package.json', '{}');
`;

describe('runInstaller', () => {
  it('says why the installer failed', async () => {
    const tfjsNode = await withInstaller("throw new Error('getaddrinfo ENOTFOUND the.host');");
    await expect(runInstaller(tfjsNode, LIMITS)).rejects.toMatchObject({
      code: 'ERR_NATIVE_INSTALLER',
      what: expect.stringContaining('getaddrinfo ENOTFOUND the.host'),
    });
  });

  it('removes what a failed installer left behind, and undoes its changes to package.json', async () => {
    const tfjsNode = await withInstaller(`${LITTER} process.exit(1);`);
    const before = readFileSync(join(tfjsNode.folder, 'package.json'), 'utf8');
    await expect(runInstaller(tfjsNode, LIMITS)).rejects.toThrow('installer failed');
    expect(readdirSync(tfjsNode.folder).sort()).toEqual(['binding', 'dist', 'package.json', 'scripts']);
    expect(readFileSync(join(tfjsNode.folder, 'package.json'), 'utf8')).toBe(before);
  });

  it.each([
    ['before the first byte', ''],
    ['in the middle', LITTER],
  ])('ends an installer that hangs %s', async (_, litter) => {
    const tfjsNode = await withInstaller(`${litter} setInterval(() => {}, 1000);`);
    await expect(runInstaller(tfjsNode, LIMITS)).rejects.toThrow('nothing arrived for');
    expect(existsSync(join(tfjsNode.folder, 'deps'))).toBe(false);
  });

  it.runIf(HAS_COMPILER)('takes the addon of an installer that works, and set-up is then done', async () => {
    await withInstaller(`
      const fs = require('fs');
      const path = require('path');
      fs.mkdirSync('lib/napi-v8', { recursive: true });
      for (const name of ['tfjs_binding.node', 'tensorflow.node'])
        fs.copyFileSync(path.join(process.env.READY_ADDON, '..', name), path.join('lib/napi-v8', name));
    `);
    const { project, cache, wheel, tfjsNode } = world;
    const elsewhere = join(world.root, 'elsewhere');
    const empty = join(world.root, 'empty');
    const ready = await setupNative({ project: empty, cache: elsewhere, wheel, tfjsNode, log: () => {} });
    vi.stubEnv('READY_ADDON', ready.addon);
    // The copy lies elsewhere than the addon was made for.
    vi.stubEnv('LD_LIBRARY_PATH', tensorflowFolder(elsewhere, tensorflowWheel()));
    const options = { project, cache, log: () => {} };
    const made = { tensorflow: FAKE_VERSION, from: 'installer' };
    expect(await setupNative({ ...options, from: 'installer' })).toMatchObject(made);
    expect(await setupNative(options)).toMatchObject({ ...made, from: 'present' });
  });

  it('removes an addon that came but does not load', async () => {
    const tfjsNode = await withInstaller(`
      const fs = require('fs');
      fs.mkdirSync('lib/napi-v8', { recursive: true });
      fs.writeFileSync('lib/napi-v8/tfjs_binding.node', 'not a library');
    `);
    mkdirSync(world.cache);
    writeFileSync(join(world.cache, 'untouched'), '');
    await expect(runInstaller(tfjsNode, LIMITS)).rejects.toMatchObject({ code: 'ERR_NATIVE_INSTALLER' });
    expect(existsSync(tfjsNode.addon)).toBe(false);
  });
});
