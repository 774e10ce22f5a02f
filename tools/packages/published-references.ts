import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileReferences } from './file-references';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** The fields of a package.json whose texts are files of the package. */
const FILE_FIELDS = ['main', 'module', 'types', 'exports', 'imports', 'bin', 'sideEffects', 'browser'];

/**
 * References of a published package to files or packages that it lacks: one sentence each.
 *
 * Checked are the files that package.json names, and the imports, `require`s and `new URL(…, import.meta.url)` of each
 * built file, which bundlers follow. A relative one must be in the package. Any other must be a dependency or a module
 * of Node. None may be computed, and no text may name a TypeScript source.
 *
 * @param folder the unpacked package
 */
export function publishedReferences(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const named = FILE_FIELDS.flatMap((field) => texts(manifest[field])).filter((text) => !text.includes('*'));
  const missing = named
    .filter((text) => text.startsWith('.') && !existsSync(join(folder, text)))
    .map((text) => `package.json names ${text}, which isn't published`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return [
    ...missing,
    ...files.filter((file) => /\.[cm]?js$/.test(file)).flatMap((file) => ofCode(folder, file, manifest)),
    ...files.filter((file) => file.endsWith('.map')).flatMap((file) => ofMap(folder, file)),
  ];
}

function ofCode(folder: string, file: string, manifest: Manifest): string[] {
  const { name, dependencies, peerDependencies, imports } = manifest;
  const path = join(folder, file);
  const { specifiers, computed, sources } = fileReferences(readFileSync(path, 'utf8'));
  const named = Object.keys({ ...dependencies, ...peerDependencies, ...imports });
  const known = new Set([name, ...named, ...builtinModules]);
  const isThere = (specifier: string) =>
    specifier.startsWith('.')
      ? existsSync(join(dirname(path), specifier))
      : specifier.startsWith('node:') || known.has(packageOf(specifier));
  return [
    ...specifiers
      .filter((specifier) => !isThere(specifier))
      .map((specifier) => `${file} refers to ${specifier}, which is neither published nor a dependency`),
    ...computed.map((code) => `${file} computes what it imports: ${code}`),
    ...sources.map((text) => `${file} names a source file: ${text}`),
  ];
}

function ofMap(folder: string, file: string): string[] {
  const { sources, sourcesContent } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const isWhole = sources.every((_: string, i: number) => typeof sourcesContent?.[i] === 'string');
  return isWhole ? [] : [`${file} names sources without their text`];
}

/** `@scope/name/sub/path` to `@scope/name`. */
function packageOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(texts) : [];
}
