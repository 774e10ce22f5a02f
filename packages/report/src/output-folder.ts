import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { OutputError } from './errors';

/** A folder whose files are written atomically. */
export interface OutputFolder {
  /** Absolute. */
  readonly path: string;
  /**
   * Writes a file in place of the one that was there. After a crash, a full disk or a power loss the old one is there or the
   * new one.
   *
   * @returns the file's path
   * @throws OutputError if it can't be written
   */
  write(name: string, content: string | Uint8Array): Promise<string>;
}

/**
 * Opens a folder for results: makes the folder, and checks that files can be written there before hours of work are spent.
 *
 * Temporary files that ended processes left there are removed. Node only.
 *
 * @throws OutputError if it can't be made or written
 *
 * @example
 * ```ts
 * import { mkdtemp, readdir } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { historyCsv, openOutputFolder } from '@thawjs/report';
 *
 * const out = await openOutputFolder(join(await mkdtemp(join(tmpdir(), 'thaw-')), 'run'));
 * await out.write('history.csv', historyCsv([]));
 * console.log(await readdir(out.path)); // [ 'history.csv' ]
 * ```
 */
export async function openOutputFolder(path: string): Promise<OutputFolder> {
  const folder = resolve(path);
  await named(folder, async () => {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(folder);
    const probe = temporaryName(folder, 'probe');
    await (await open(probe, 'wx')).close();
    await rm(probe);
  });
  return {
    path: folder,
    async write(name, content) {
      const file = join(folder, name);
      await named(file, () => writeWhole(file, content));
      return file;
    },
  };
}

/** Writes a file under a temporary name, syncs it to the disk and renames it. */
async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = temporaryName(dirname(file), 'file');
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(file));
}

/** Syncs the folder, so that the new name outlasts a power loss. Windows can't and needn't do this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function host(): string {
  return hostname().replace(/[^\w.]/g, '_');
}

function temporaryName(folder: string, of: string): string {
  return join(folder, `.thaw-${of}-${host()}-${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, machine, pid] = /^\.thaw-(?:file|probe)-([^-]+)-(\d+)-[0-9a-f]{8}\.tmp$/.exec(name) ?? [];
    if (machine === host() && !isRunning(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function named<Result>(place: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'there is no room left on the disk' : message;
    throw new OutputError(`expected to write ${place}; ${reason}. Free space, or choose another folder.`, {
      cause,
    });
  }
}
