import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PackedPackage } from '../packages/pack-packages';
import { runCommand } from '../packages/run-command';

/** A registry that serves packed packages, so that they can be installed by name, like published ones. */
export interface PackageServer {
  readonly url: string;
  /** The dependencies for a user's package.json: for each package its version, or a URL if the package has no scope. */
  readonly dependencies: Readonly<Record<string, string>>;
  close(): void;
}

/** Serves packages on a port of this machine. */
export async function servePackages(packages: readonly PackedPackage[]): Promise<PackageServer> {
  const tarballs = new Map(packages.map(({ name, tarball }) => [name, readFileSync(tarball)]));
  const manifests = new Map(
    packages.map(({ name, tarball }) => [
      name,
      JSON.parse(runCommand('tar', ['-xzOf', tarball, 'package/package.json'], '.')),
    ]),
  );
  const server = createServer(({ url = '/' }, response) => {
    const [, name = '', file] = /^\/((?:@[^/]+\/)?[^/]+)(\/-\/.+)?$/.exec(decodeURIComponent(url)) ?? [];
    const tarball = tarballs.get(name);
    if (!tarball) response.writeHead(404).end('{}');
    else if (file) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(tarball);
    else response.writeHead(200, { 'content-type': 'application/json' }).end(packument(name, tarball));
  });

  function packument(name: string, tarball: Buffer): string {
    const manifest = manifests.get(name);
    const { version } = manifest;
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const shasum = createHash('sha1').update(tarball).digest('hex');
    const dist = { tarball: tarballUrl(name, version), integrity, shasum };
    return JSON.stringify({
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...manifest, dist } },
      time: { [version]: '2020-01-01T00:00:00.000Z' },
    });
  }

  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const tarballUrl = (name: string, version: string) => `${address()}/${name}/-/${version}.tgz`;
  // A user's package manager asks this server only for packages with a scope.
  const dependencies = Object.fromEntries(
    [...manifests].map(([name, { version }]) => [
      name,
      name.startsWith('@') ? version : tarballUrl(name, version),
    ]),
  );
  return { url: address(), dependencies, close: () => server.close() };
}
