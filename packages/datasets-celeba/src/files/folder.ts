import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from './find-label-files';

/** The names in a folder; an empty list if there is no such folder. */
export async function folderNames(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** The file or folder at a path; undefined if there is none. */
export async function kindOf(path: string): Promise<'folder' | 'file' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** A folder as a place for label files. */
export async function folderPlace(path: string): Promise<Place> {
  const names = new Set(await folderNames(path));
  return (name) => (names.has(name) ? { name, read: () => readFile(join(path, name)) } : undefined);
}
