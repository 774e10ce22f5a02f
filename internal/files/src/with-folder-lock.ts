import type { FileError, NodeFiles } from './node-files';
import { hasEnded, isLeft, isWriterName, writerName } from './writer-name';

/** The name of the lock, a folder inside the locked folder. It contains one file, named after the writer that holds it. */
const LOCK = '.thaw-lock';
const SIGN_OF_LIFE_MS = 10_000;
/** By the clock, a writer without a sign of life for so long may be dead. Then it is watched. */
const SILENCE_MS = 5 * 60 * 1000;

/** Another writer holds the folder's lock. */
export class FolderInUseError extends Error {}

export interface FolderLockOptions {
  /** How long to wait for another writer, in milliseconds; default 60,000. */
  readonly waitMs?: number;
  /** How long a writer is watched that seems dead by the clock, in milliseconds; default 30,000, three signs of life. */
  readonly watchMs?: number;
}

/**
 * Runs an action while holding the lock of a folder. Writers of this process, of other processes, and of other machines that
 * share the folder, take turns.
 *
 * 1. A writer makes a folder `.thaw-lock.<writer>` with a file `<writer>` in it, and renames the folder to `.thaw-lock`. The
 *    rename fails if there is a folder of that name with a file in it, so only one writer succeeds.
 * 2. The writer releases the lock by removing its file and then the folder. Removing the folder fails if another writer's
 *    file is in it.
 * 3. A waiting writer releases the lock of a dead writer in the same way. It removes the file by the dead writer's name, so it
 *    never releases a lock that a third writer has taken meanwhile. A writer is dead if its process on this machine has ended,
 *    or if by the clock its last sign of life is minutes away and no other one comes while it is watched. The clock alone
 *    doesn't decide: it may jump, and the clocks of two machines may differ.
 *
 * @param action receives a function that throws FolderInUseError if the lock was lost. A process that was suspended for
 * minutes loses its lock.
 * @throws FolderInUseError if another writer holds the lock for longer than `waitMs`; errors of the action and the file
 * system; an error with code ENOTDIR if something else has the lock's name.
 */
export async function withFolderLock<Result>(
  node: NodeFiles,
  folder: string,
  action: (checkHeld: () => Promise<void>) => Promise<Result>,
  { waitMs = 60_000, watchMs = 3 * SIGN_OF_LIFE_MS }: FolderLockOptions = {},
): Promise<Result> {
  const { fs, path, timers } = node;
  const lock = path.join(folder, LOCK);
  const own = writerName(node);
  const ownFile = path.join(lock, own);
  await take(node, lock, own, { waitMs, watchMs });
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
export async function abandonedLocks(node: NodeFiles, folder: string): Promise<string[]> {
  const { fs, path } = node;
  const found: string[] = [];
  for (const name of await fs.promises.readdir(folder)) {
    const writer = name.slice(LOCK.length + 1);
    if (!name.startsWith(`${LOCK}.`) || !isWriterName(writer)) continue;
    const time = (await fs.promises.lstat(path.join(folder, name)).catch(() => undefined))?.mtimeMs;
    if (time !== undefined && isLeft(node, writer, time)) found.push(name);
  }
  return found;
}

/** The writer that holds a lock, and when it last gave a sign of life. */
interface Holder {
  readonly writer: string;
  readonly lastSignMs: number;
}

async function take(
  node: NodeFiles,
  lock: string,
  own: string,
  { waitMs, watchMs }: Required<FolderLockOptions>,
): Promise<void> {
  const started = performance.now();
  let watched: (Holder & { readonly sinceMs: number }) | undefined;
  for (;;) {
    const holder = await holderOf(node, lock);
    const now = performance.now();
    let seemsDead = false;
    if (holder === undefined) {
      if (await tryToTake(node, lock, own)) return;
    } else {
      if (holder.writer !== watched?.writer || holder.lastSignMs !== watched.lastSignMs)
        watched = { ...holder, sinceMs: now };
      seemsDead = Math.abs(Date.now() - holder.lastSignMs) > SILENCE_MS;
      if (hasEnded(node, holder.writer) || (seemsDead && now - watched.sinceMs >= watchMs)) {
        await release(node, lock, holder.writer);
        continue;
      }
    }
    const waited = now - started;
    if (waited > waitMs && !(seemsDead && waited <= 2 * watchMs)) {
      throw new FolderInUseError(
        `another writer (${holder?.writer ?? 'unknown'}) has been in ${lock} for more than ${waitMs / 1000} s`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 10 + 40 * Math.random()));
  }
}

/** @throws an error with code ENOTDIR if the lock isn't one that a writer made, such as a link, which leads elsewhere */
async function holderOf({ fs, path }: NodeFiles, lock: string): Promise<Holder | undefined> {
  try {
    const isFolder = (await fs.promises.lstat(lock)).isDirectory();
    const [writer] = isFolder ? await fs.promises.readdir(lock) : [''];
    if (writer === undefined) return undefined;
    if (!isWriterName(writer))
      throw Object.assign(new Error(`ENOTDIR: ${lock} is not the lock of a writer`), {
        code: 'ENOTDIR',
        syscall: 'lock',
      });
    return { writer, lastSignMs: (await fs.promises.lstat(path.join(lock, writer))).mtimeMs };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function tryToTake(node: NodeFiles, lock: string, own: string): Promise<boolean> {
  const { fs, path } = node;
  const prepared = `${lock}.${own}`;
  try {
    await fs.promises.mkdir(prepared);
    await fs.promises.writeFile(path.join(prepared, own), '');
    await fs.promises.rename(prepared, lock);
    return true;
  } catch (error) {
    await fs.promises.rm(prepared, { recursive: true, force: true });
    // Windows also answers EPERM to an empty lock folder, which is removed here.
    await release(node, lock, own).catch(() => {});
    const { code, syscall } = error as FileError;
    if (syscall === 'rename' && ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'].includes(code ?? '')) return false;
    throw error;
  }
}

async function release({ fs, path }: NodeFiles, lock: string, writer: string): Promise<void> {
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
