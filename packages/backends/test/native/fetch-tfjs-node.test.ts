import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchTfjsNode, type TfjsNodeOrigin } from '../../src/native/fetch-tfjs-node';
import { readTarball } from '../../src/native/read-tarball';
import { hashOfFiles, neededFiles } from '../../src/native/tfjs-node-release';
import { type FakeWorld, makeFakeWorld } from './fake-tensorflow';

let world: FakeWorld;
let registry: Server;

/** A registry of one package and one version, whose tarball has the hash that it is published with. */
function startRegistry(tarball: Buffer): Promise<Server> {
  const server = createServer(({ url, headers }, response) => {
    if (url?.endsWith('.tgz')) return response.end(tarball);
    const version = {
      name: '@tensorflow/tfjs-node',
      version: '4.22.0',
      dist: {
        tarball: `http://${headers.host}/tfjs-node.tgz`,
        integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
      },
    };
    const { name } = version;
    return response.end(
      JSON.stringify({ name, versions: { '4.22.0': version }, 'dist-tags': { latest: '4.22.0' } }),
    );
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function fetchIt(origin: Partial<TfjsNodeOrigin> = {}) {
  const scratch = join(world.root, 'scratch');
  return fetchTfjsNode({ project: world.project, scratch, log: () => {}, sha256: 'f'.repeat(64), ...origin });
}

beforeEach(async () => {
  world = await makeFakeWorld();
  registry = await startRegistry(readFileSync(world.tfjsNode));
  vi.stubEnv('npm_config_registry', `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`);
  vi.stubEnv('npm_config_cache', join(world.root, 'npm'));
  await mkdir(join(world.root, 'npm'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  registry.close();
  world.remove();
});

describe('fetchTfjsNode', () => {
  it('takes it from the registry that npm is set to, if its files have the pinned hash', async () => {
    const files = neededFiles(await readTarball(readFileSync(world.tfjsNode)));
    const lines: string[] = [];
    const fetched = await fetchIt({ sha256: hashOfFiles(files), log: (line) => lines.push(line) });
    expect(fetched).toEqual(files);
    expect([...fetched.keys()]).toContain('binding/tfjs_binding.cc');
    expect([...fetched.keys()]).not.toContain('scripts/install.js');
    expect(lines).toEqual(['fetching @tensorflow/tfjs-node@4.22.0 (230 kB) with npm']);
  });

  it('refuses a registry that has other files under that version', async () => {
    const attempt = fetchIt();
    await expect(attempt).rejects.toMatchObject({ code: 'ERR_NATIVE_TFJS_NODE' });
    await expect(attempt).rejects.toThrow('its files are not the ones that were released');
  });

  it('copies the one that is installed in the project, if it is what was released', async () => {
    const files = neededFiles(await readTarball(readFileSync(world.tfjsNode)));
    world.installTfjsNode();
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:1/');
    expect(await fetchIt({ sha256: hashOfFiles(files) })).toEqual(files);
  });

  it('says what npm said where the registry is out of reach', async () => {
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:1/');
    vi.stubEnv('npm_config_fetch_retries', '0');
    const attempt = fetchIt();
    await expect(attempt).rejects.toMatchObject({ code: 'ERR_NATIVE_DOWNLOAD' });
    await expect(attempt).rejects.toThrow(/ECONNREFUSED.*setup --tfjs-node FILE/s);
  });

  it.each([
    ['is no tarball', () => Buffer.from('<!doctype html>'), /is not usable: incorrect header check/],
    ['is not there', undefined, /is not usable: ENOENT/],
  ])('refuses a file of the user that %s', async (_, content, message) => {
    const tarball = join(world.root, 'given.tgz');
    if (content) await writeFile(tarball, content());
    await expect(fetchIt({ tarball })).rejects.toThrow(message);
  });

  it('refuses another release or another package in a file of the user', async () => {
    world.remove();
    world = await makeFakeWorld({ version: '4.21.0' });
    await expect(fetchIt({ tarball: world.tfjsNode })).rejects.toThrow(
      'expected tfjs-node 4.22.0, it is 4.21.0',
    );
  });
});
