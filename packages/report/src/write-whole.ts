import { randomBytes } from 'node:crypto';
import { fsync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { OutputError } from './errors';

/**
 * Writes a file whole or not at all: under a temporary name, which is synced to the disk and renamed. After a
 * crash, a full disk or a power loss the file is either the old or the new one.
 *
 * @param content the file's content, or a function that makes it; file errors of the function also name the
 * file
 * @throws OutputError if the file can't be written
 */
export async function writeWhole(
  file: string,
  content: string | Uint8Array | (() => Promise<string | Uint8Array>),
): Promise<void> {
  await named(file, async () => {
    const made = typeof content === 'function' ? await content() : content;
    const temporary = temporaryName(dirname(file), 'file');
    try {
      const handle = await open(temporary, 'wx');
      try {
        await handle.writeFile(made);
        await sync(handle);
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    } finally {
      await rm(temporary, { force: true });
    }
    await syncFolder(dirname(file));
  });
}

/**
 * A temporary name that no other process takes. The name tells which process has left the file, if one does.
 */
export function temporaryName(folder: string, of: 'file' | 'probe'): string {
  return join(folder, `.thaw-${of}-${host()}-${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
}

/** The name of the machine, as part of a temporary name. */
export function host(): string {
  return hostname().replace(/[^\w.]/g, '_');
}

/** Runs an action; its errors become OutputErrors that name the place. */
export async function named<Result>(place: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'there is no room left on the disk' : message;
    throw new OutputError(
      `expected to write ${place}; ${reason.replace(/\.$/, '')}. Free space, or choose another folder.`,
      {
        cause,
      },
    );
  }
}

/** Syncs by the descriptor, because the file handles of Yarn's Plug'n'Play lack `sync`. */
function sync({ fd }: FileHandle): Promise<void> {
  return promisify(fsync)(fd);
}

/** The error codes of systems that can't sync a folder: Windows, and some network file systems. */
const NOT_SUPPORTED = ['EPERM', 'EACCES', 'EISDIR', 'EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF'];

/** Syncs a folder, so that files and folders made or renamed in it outlast a power loss. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await sync(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!NOT_SUPPORTED.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
