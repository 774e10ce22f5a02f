import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command';

/** A package as it would be published. */
export interface PackedPackage {
  readonly name: string;
  readonly tarball: string;
  /** Size of the tarball. */
  readonly bytes: number;
}

/** Packs every package below `root`/packages into `folder`, as `pnpm publish` would. */
export function packPackages(root: string, folder: string): PackedPackage[] {
  return readdirSync(join(root, 'packages')).map((name) => {
    const output = runCommand(
      'pnpm',
      ['pack', '--json', '--pack-destination', folder],
      join(root, 'packages', name),
    );
    const packed = JSON.parse(output.slice(output.indexOf('{'))) as { name: string; filename: string };
    return { name: packed.name, tarball: packed.filename, bytes: statSync(packed.filename).size };
  });
}
