import { isRunning } from '@thawjs/files/is-running';
import type { NodeModules } from '../../platform/node-types';

/** No temporary folder can be written. The message gives the reason as a part of a sentence. */
export class NoScratchFolderError extends Error {}

/**
 * Writes a file into a new temporary folder, calls a function with the folder, and removes the folder afterwards.
 *
 * The folder is made in the system's temporary folder (`TMPDIR`), or in memory (`/dev/shm`) if that can't be written. Folders
 * that dead processes left behind are removed too, unless they can't be removed or hold other files.
 *
 * @throws NoScratchFolderError if the file can be written in neither place. Errors of the function are passed on.
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
      `thaw-graph-${node.process.pid}-${node.crypto.randomBytes(4).toString('hex')}`,
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

/** Removes the temporary folders of dead processes, if they hold no file but the one written above. */
function removeAbandoned(node: NodeModules, parent: string, name: string): void {
  for (const folder of node.fs.readdirSync(parent)) {
    const owner = Number(/^thaw-graph-(\d+)-\w+$/.exec(folder)?.[1]);
    const at = node.path.join(parent, folder);
    if (owner && !isRunning(node, owner) && isOwnFolder(node, at)) remove(node, at, name);
  }
}

/**
 * Whether a path is a folder, not a link, and belongs to this user. Everyone may write in the system's temporary folder:
 * through a link of somebody else, a file elsewhere would be removed.
 */
function isOwnFolder({ fs, process }: NodeModules, path: string): boolean {
  const found = fs.lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return false;
  return process.getuid === undefined || found.uid === process.getuid();
}

/** Removes a temporary folder, if possible: not if it is another user's, holds other files, or is just being removed. */
function remove({ fs, path }: NodeModules, folder: string, name: string): void {
  try {
    fs.rmSync(path.join(folder, name), { force: true });
    fs.rmdirSync(folder);
  } catch {
    // The folder stays.
  }
}
