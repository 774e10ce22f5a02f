import { isRunning } from '../../files/is-running';
import type { NodeModules } from '../../platform/node';

/** No folder for temporary files can be written; the message says why, within a sentence. */
export class NoScratchFolderError extends Error {}

/**
 * Writes a file into a new folder for temporary files, hands the folder to a function and removes it afterwards.
 *
 * The folder is made in the system's folder for temporary files (`TMPDIR`), or in memory (`/dev/shm`) if that can't be
 * written. Folders that ended processes left go as well; what can't be removed, or has other files in it, stays.
 *
 * @throws NoScratchFolderError if the file can be written nowhere, or what the function throws.
 */
export function withScratchFile<Result>(
  node: NodeModules,
  name: string,
  content: Uint8Array,
  use: (folder: string) => Result,
): Result {
  const folder = written(node, name, content);
  removeAbandoned(node, node.path.dirname(folder), name);
  try {
    return use(folder);
  } finally {
    remove(node, folder, name);
  }
}

function written(node: NodeModules, name: string, content: Uint8Array): string {
  const { fs, os, path } = node;
  const failures: string[] = [];
  for (const parent of [os.tmpdir(), '/dev/shm']) {
    const folder = path.join(
      parent,
      `thaw-graph-${process.pid}-${node.crypto.randomBytes(4).toString('hex')}`,
    );
    try {
      fs.mkdirSync(folder, { mode: 0o700 });
      fs.writeFileSync(path.join(folder, name), content);
      return folder;
    } catch (error) {
      remove(node, folder, name);
      failures.push((error as Error).message);
    }
  }
  throw new NoScratchFolderError(
    `no folder for temporary files can be written (${failures.join('; ')}); set TMPDIR to one that can`,
  );
}

/** Removes the folders of processes that are gone, with no file in them but the one that they had. */
function removeAbandoned(node: NodeModules, parent: string, name: string): void {
  for (const folder of node.fs.readdirSync(parent)) {
    const owner = Number(/^thaw-graph-(\d+)-\w+$/.exec(folder)?.[1]);
    if (owner && !isRunning(owner)) remove(node, node.path.join(parent, folder), name);
  }
}

/** Another user's folder can't be removed, nor one that another process is removing, nor one with other files. */
function remove({ fs, path }: NodeModules, folder: string, name: string): void {
  try {
    fs.rmSync(path.join(folder, name), { force: true });
    fs.rmdirSync(folder);
  } catch {
    // It is left to its owner.
  }
}
