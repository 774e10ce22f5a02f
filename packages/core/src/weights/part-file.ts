import { isRunning } from '@thawjs/files/is-running';
import { makeFolder } from '@thawjs/files/make-folder';
import { syncHandle } from '@thawjs/files/sync-handle';
import type { FileError, NodeModules } from '../platform/node-types';
import { savedIn } from './cache-dir';
import type { Sink } from './transfer';

/** The partial file of a download, beside the final file. */
export interface PartFile extends Sink {
  readonly path: string;
  /** Renames the partial file to the final name. A file of that name is replaced. */
  moveTo(path: string): Promise<void>;
  /** Leaves the partial file for the next call, or removes it if it is empty. */
  close(): Promise<void>;
}

let partsOpened = 0;

/**
 * Opens the partial file of a download: one that an earlier call left, or a new one.
 *
 * A partial file in use is called `name.host-pid-n.part`, one that was left is called `name.part`. A process takes a left file
 * over by renaming it, so only one process gets it. The file of a dead process counts as left.
 *
 * @throws {CacheError} the folder can't be written
 */
export async function openPartFile(node: NodeModules, target: string, url: string): Promise<PartFile> {
  const { fs, path, os, process } = node;
  const folder = path.dirname(target);
  const name = path.basename(target);
  const left = path.join(folder, `${name}.part`);
  const owner = `${os.hostname().replace(/[^\w.]/g, '_')}-`;
  const own = path.join(folder, `${name}.${owner}${process.pid}-${partsOpened++}.part`);

  const guarded = <T>(action: () => Promise<T>) => savedIn(folder, url, action);

  await guarded(() => makeFolder(node, folder));
  for (const candidate of [left, ...(await orphans())]) {
    if (await taken(candidate)) break;
  }
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = fs.constants;
  // A link would lead to a file elsewhere, to which the download would be appended. Windows has no such flag.
  const flags = O_APPEND | O_CREAT | O_WRONLY | (O_NOFOLLOW ?? 0);
  const handle = await guarded(() => fs.promises.open(own, flags));
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
      await guarded(async () => {
        // Synced before the rename: after a power loss, the final name must not have a part of the content.
        await syncHandle(node, handle);
        await fs.promises.rename(own, to);
      });
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
      .filter((file) => !isRunning(node, Number.parseInt(file.slice(prefix.length), 10)))
      .map((file) => path.join(folder, file));
  }

  async function taken(candidate: string): Promise<boolean> {
    try {
      await fs.promises.rename(candidate, own);
      if ((await fs.promises.lstat(own)).isFile()) return true;
      await fs.promises.rm(own, { force: true, recursive: true });
      return false;
    } catch (error) {
      if ((error as FileError).code === 'ENOENT') return false; // missing, or taken by another process
      throw error;
    }
  }
}
