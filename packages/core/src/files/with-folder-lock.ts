import type { FileError, NodeModules } from '../platform/node-types';
import { isAbandoned, writerName } from './writer-name';

/** The name of the lock, a folder inside the locked folder. It contains one file, named after the writer that holds it. */
const LOCK = '.thaw-lock';
const SIGN_OF_LIFE_MS = 10_000;

/** Another writer holds the folder's lock. */
export class FolderInUseError extends Error {}

export interface FolderLockOptions {
  /** How long to wait for another writer, in milliseconds; default 60,000. */
  readonly waitMs?: number;
}

/**
 * Runs an action while holding the lock of a folder. Writers of this process, of other processes, and of other machines that
 * share the folder, take turns.
 *
 * 1. A writer makes a folder `.thaw-lock.<writer>` with a file `<writer>` in it, and renames the folder to `.thaw-lock`. The
 *    rename fails if there is a folder of that name with a file in it, so only one writer succeeds.
 * 2. The writer releases the lock by removing its file and then the folder. Removing the folder fails if another writer's
 *    file is in it.
 * 3. A waiting writer releases the lock of a dead writer (`isAbandoned`) in the same way. It removes the file by the dead
 *    writer's name, so it never releases a lock that a third writer has taken meanwhile.
 *
 * @param action receives a function that throws FolderInUseError if the lock was lost. A process that was suspended for
 * minutes loses its lock.
 * @throws FolderInUseError if another writer holds the lock for longer than `waitMs`; errors of the action and the file
 * system.
 */
export async function withFolderLock<Result>(
  node: NodeModules,
  folder: string,
  action: (checkHeld: () => Promise<void>) => Promise<Result>,
  { waitMs = 60_000 }: FolderLockOptions = {},
): Promise<Result> {
  const { fs, path, timers } = node;
  const lock = path.join(folder, LOCK);
  const own = writerName(node);
  const ownFile = path.join(lock, own);
  await take(node, lock, own, waitMs);
  const sign = timers.setInterval(() => {
    const now = new Date();
    fs.promises.utimes(ownFile, now, now).catch(() => {});
  }, SIGN_OF_LIFE_MS);
  // It must not keep the process alive.
  sign.unref();
  try {
    return await action(async () => {
      if (!fs.existsSync(ownFile)) throw new FolderInUseError(`another writer took ${folder} over`);
    });
  } finally {
    timers.clearInterval(sign);
    await release(node, lock, own);
  }
}

/** The names of folders that writers left which died while taking the lock. Call this with the lock held. */
export async function abandonedLocks(node: NodeModules, folder: string): Promise<string[]> {
  const { fs, path } = node;
  const found: string[] = [];
  for (const name of await fs.promises.readdir(folder)) {
    if (!name.startsWith(`${LOCK}.`)) continue;
    const time = (await fs.promises.stat(path.join(folder, name)).catch(() => undefined))?.mtimeMs;
    if (time !== undefined && isAbandoned(node, name.slice(LOCK.length + 1), time)) found.push(name);
  }
  return found;
}

async function take(node: NodeModules, lock: string, own: string, waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const holder = await holderOf(node, lock);
    if (holder === undefined) {
      if (await tryToTake(node, lock, own)) return;
    } else if (isAbandoned(node, holder.writer, holder.lastSignMs)) {
      await release(node, lock, holder.writer);
      continue;
    }
    if (performance.now() > deadline) {
      throw new FolderInUseError(
        `another writer (${holder?.writer ?? 'unknown'}) has been in ${lock} for more than ${waitMs / 1000} s`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 10 + 40 * Math.random()));
  }
}

async function holderOf(
  { fs, path }: NodeModules,
  lock: string,
): Promise<{ readonly writer: string; readonly lastSignMs: number } | undefined> {
  try {
    const [writer] = await fs.promises.readdir(lock);
    if (writer === undefined) return undefined;
    return { writer, lastSignMs: (await fs.promises.stat(path.join(lock, writer))).mtimeMs };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function tryToTake({ fs, path }: NodeModules, lock: string, own: string): Promise<boolean> {
  const prepared = `${lock}.${own}`;
  try {
    await fs.promises.mkdir(prepared);
    await fs.promises.writeFile(path.join(prepared, own), '');
    await fs.promises.rename(prepared, lock);
    return true;
  } catch (error) {
    await fs.promises.rm(prepared, { recursive: true, force: true });
    // Windows also answers EPERM to an empty lock folder, which is removed here.
    await release({ fs, path }, lock, own).catch(() => {});
    const { code, syscall } = error as FileError;
    if (syscall === 'rename' && ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'].includes(code ?? '')) return false;
    throw error;
  }
}

async function release(
  { fs, path }: Pick<NodeModules, 'fs' | 'path'>,
  lock: string,
  writer: string,
): Promise<void> {
  try {
    await fs.promises.rm(path.join(lock, writer), { force: true });
    await fs.promises.rmdir(lock);
  } catch (error) {
    // Another writer has released or taken the lock.
    if (!isGone(error) && !['ENOTEMPTY', 'EEXIST'].includes((error as FileError).code ?? '')) throw error;
  }
}

function isGone(error: unknown): boolean {
  return (error as FileError).code === 'ENOENT';
}
