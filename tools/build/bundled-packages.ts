import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A third-party package whose code is inside one of ours. */
interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The texts of its licence and notice files. */
  readonly texts: readonly string[];
}

/** The packages below a `node_modules` that these files belong to, by name. */
export function bundledPackages(files: Iterable<string>): BundledPackage[] {
  const folders = new Set<string>();
  for (const file of files) {
    const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
    if (folder) folders.add(folder);
  }
  return [...folders].map(read).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function read(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|notice|copyright)(?:\.(?:md|txt))?$/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { name, version, license, texts };
}
