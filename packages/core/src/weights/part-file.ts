import { isRunning } from '../files/is-running';
import type { NodeModules } from '../platform/node';
import { DownloadError } from './errors';
import type { Sink } from './transfer';

/** A file that is on its way, next to where it will lie. */
export interface PartFile extends Sink {
  readonly path: string;
  /** Makes it the file; what lay there is replaced. */
  moveTo(path: string): Promise<void>;
  /** Leaves what there is for the next call; an empty part is removed. */
  close(): Promise<void>;
}

let partsOpened = 0;

/**
 * Opens the part of a download: what an earlier call left, or a new one.
 *
 * A part in use is `name.host-pid-n.part`, one that was left `name.part`. Taking one over is a rename, so only one
 * of several processes gets it; the part of a process that is no longer alive counts as left.
 *
 * @throws {DownloadError} the folder can't be written
 */
export async function openPartFile(node: NodeModules, target: string, url: string): Promise<PartFile> {
  const { fs, path, os } = node;
  const folder = path.dirname(target);
  const name = path.basename(target);
  const left = path.join(folder, `${name}.part`);
  const owner = `${os.hostname().replace(/[^\w.]/g, '_')}-`;
  const own = path.join(folder, `${name}.${owner}${process.pid}-${partsOpened++}.part`);

  const guarded = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'there is no room left on the disk' : message;
      throw new DownloadError(url, `${url} can't be saved in ${folder}: ${reason}.`, { cause });
    }
  };

  await guarded(() => fs.promises.mkdir(folder, { recursive: true }));
  for (const candidate of [left, ...(await orphans())]) {
    if (await taken(candidate)) break;
  }
  const handle = await guarded(() => fs.promises.open(own, 'a'));
  let length = (await handle.stat()).size;
  let moved = false;

  return {
    path: own,
    get length() {
      return length;
    },
    async write(chunk) {
      await guarded(() => handle.appendFile(chunk));
      length += chunk.length;
    },
    async reset() {
      await guarded(() => handle.truncate(0));
      length = 0;
    },
    async moveTo(to) {
      await guarded(() => fs.promises.rename(own, to));
      moved = true;
    },
    async close() {
      await handle.close();
      if (moved) return;
      if (length === 0) await fs.promises.rm(own, { force: true });
      else await fs.promises.rename(own, left);
    },
  };

  async function orphans(): Promise<string[]> {
    const prefix = `${name}.${owner}`;
    const names = (await fs.promises.readdir(folder)).filter(
      (file) => file.startsWith(prefix) && file.endsWith('.part'),
    );
    return names
      .filter((file) => !isRunning(Number.parseInt(file.slice(prefix.length), 10)))
      .map((file) => path.join(folder, file));
  }

  async function taken(candidate: string): Promise<boolean> {
    try {
      await fs.promises.rename(candidate, own);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false; // none, or another process was first
      throw error;
    }
  }
}
