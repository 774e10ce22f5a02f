import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The beginning of the names of unfinished folders. */
export const PARTIAL = '.partial-';

/**
 * Makes a folder, in place of the one that is there. `write` fills an empty folder beside it, which is then renamed. A
 * process that is killed leaves the old folder, none, or the new one, never a part of one. The caller holds the lock.
 */
export async function replaceFolder(
  folder: string,
  write: (partial: string) => Promise<void>,
): Promise<void> {
  const partial = join(dirname(folder), `${PARTIAL}${process.pid}-${Date.now()}`);
  const old = `${partial}-old`;
  try {
    await mkdir(partial, { recursive: true });
    await write(partial);
    await rename(folder, old).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/**
 * Removes what an interrupted `replaceFolder` left in a folder. The caller holds the lock, so no other process works there,
 * except pip or a compiler that outlived the killed process: what it adds meanwhile is left to the next set-up.
 */
export async function removePartials(parent: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    if (!name.startsWith(PARTIAL)) continue;
    const options = { recursive: true, force: true, maxRetries: 3 };
    await rm(join(parent, name), options).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY') throw error;
    });
  }
}
