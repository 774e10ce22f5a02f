import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Writer } from './writers';

/** The contents of files by their paths in a folder. */
export type Files = ReadonlyMap<string, Buffer>;

/** The state of the final names: a whole version, nothing, or anything else. */
export type Found = 'whole' | 'none' | 'wrong';

/** The temporary names of writers. Partial downloads are continued by the next run. */
export const TEMPORARY = /\.tmp(\/|$)|\.part$|(^|\/)\.thaw-lock/;

/** Both versions of a writer's files, and the time that one version takes. */
export interface References {
  readonly versions: readonly [Files, Files];
  readonly ms: number;
}

/** Writes both versions, each into an empty folder. */
export async function referencesOf({ write }: Writer, folder: string): Promise<References> {
  const files: Files[] = [];
  const started = performance.now();
  for (const version of [0, 1] as const) {
    const own = join(folder, String(version));
    mkdirSync(own, { recursive: true });
    await write(own, version);
    files.push(filesOf(own));
  }
  return { versions: [files[0], files[1]], ms: (performance.now() - started) / 2 };
}

/** Checks what a writer has left in a folder. */
export async function lookAt(
  writer: Writer,
  folder: string,
  versions: References['versions'],
): Promise<Found> {
  const { main, mayMiss, versionOf, check } = writer;
  if (check) {
    return check(folder).then(
      (isThere) => (isThere ? 'whole' : 'none'),
      () => 'wrong',
    );
  }
  const files = filesOf(folder);
  const isOf = async (version: Files, name: string) => {
    const [content, expected] = [files.get(name), version.get(name)];
    if (!content || !expected) return false;
    if (!versionOf) return content.equals(expected);
    const found = await versionOf(content).catch(() => undefined);
    return found === (await versionOf(expected));
  };
  const firstOf = async (name: string) =>
    (await isOf(versions[0], name)) ? versions[0] : (await isOf(versions[1], name)) ? versions[1] : undefined;
  if (main === undefined) {
    const final = [...files.keys()].filter((name) => !TEMPORARY.test(name));
    const found = await Promise.all(final.map(firstOf));
    if (found.length === 0) return 'none';
    return found.includes(undefined) ? 'wrong' : 'whole';
  }
  const version = await firstOf(main);
  if (!version) return files.has(main) ? 'wrong' : 'none';
  for (const name of version.keys()) {
    if (!(await isOf(version, name)) && !(mayMiss && !files.has(name))) return 'wrong';
  }
  return 'whole';
}

/**
 * The names of files that remain after both versions were written undisturbed, 1 before 0, and that belong to neither.
 */
export function leftoversIn(
  { main, check }: Writer,
  folder: string,
  versions: References['versions'],
): string[] {
  const names = [...filesOf(folder).keys()];
  if (check) return names.filter((name) => TEMPORARY.test(name));
  const [latest, other] = versions;
  return names.filter((name) => !latest.has(name) && !(main === undefined && other.has(name)));
}

export function filesOf(folder: string): Files {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), readFileSync(path)];
    }),
  );
}
