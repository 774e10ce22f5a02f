import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { tensorflowWheel } from '../../packages/backends/src/native/tensorflow-wheel';
import type { FakeWorld } from '../../packages/backends/test/native/fake-tensorflow';

/** The time that a file takes to arrive, so that a kill can happen during a download. */
const FILE_MS = 400;
const PARTS = 20;

/**
 * Serves the files of a small world like PyPI's index and npm's registry. Returns the environment that directs pip and
 * npm to it.
 */
export async function standInServer(world: FakeWorld): Promise<{ env: NodeJS.ProcessEnv; close(): void }> {
  const wheel = readFileSync(world.wheel);
  const tarball = readFileSync(world.tfjsNode);
  const server = createServer(({ url = '', headers }, response) => {
    if (url.endsWith('.whl')) return send(response, wheel);
    if (url.endsWith('.tgz')) return send(response, tarball);
    if (url.startsWith('/simple/')) {
      const name = basename(world.wheel);
      return response
        .setHeader('content-type', 'text/html')
        .end(`<a href="/${name}#sha256=${world.wheelSha256}">${name}</a>`);
    }
    return response.end(JSON.stringify(packument(`http://${headers.host}/tfjs-node.tgz`, tarball)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      PIP_INDEX_URL: `${address}/simple/`,
      PIP_CONFIG_FILE: '/dev/null',
      npm_config_registry: address,
      npm_config_cache: `${world.root}/npm`,
      npm_config_update_notifier: 'false',
    },
    close: () => server.close(),
  };
}

/** The pins that match the server's files. */
export function standInPins(world: Pick<FakeWorld, 'wheelSha256'>, tfjsNodeSha256: string) {
  const wheel = { ...tensorflowWheel(), sha256: world.wheelSha256, size: 0, unpackedSize: 0 };
  return { wheel, tfjsNodeSha256 };
}

async function send(response: ServerResponse, bytes: Buffer): Promise<void> {
  response.setHeader('content-length', bytes.length);
  const size = Math.ceil(bytes.length / PARTS);
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size));
    await new Promise((resolve) => setTimeout(resolve, FILE_MS / PARTS));
  }
  response.end();
}

function packument(address: string, tarball: Buffer) {
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const name = '@tensorflow/tfjs-node';
  const version = { name, version: '4.22.0', dist: { tarball: address, integrity } };
  return { name, versions: { '4.22.0': version }, 'dist-tags': { latest: '4.22.0' } };
}
