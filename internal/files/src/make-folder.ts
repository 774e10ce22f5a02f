import type { FileError, NodeFiles } from './node-files';
import { syncFolder } from './sync-folder';

/**
 * Makes a folder, and its missing parents. New folders are synced to the disk, so that they outlast a power loss.
 *
 * @throws errors of the file system; an error with code ENOTDIR if a file has the folder's path.
 */
export async function makeFolder(node: NodeFiles, folder: string): Promise<void> {
  const first = await node.fs.promises.mkdir(folder, { recursive: true }).catch((error: FileError) => {
    if (error.code !== 'EEXIST') throw error;
    throw Object.assign(new Error(`ENOTDIR: a file is in the place of folder ${folder}`), {
      code: 'ENOTDIR',
    });
  });
  if (first !== undefined) await syncParents(node, folder, first);
}

/** Syncs the parents of new folders to the disk, from a folder up to the first one that was made. */
export async function syncParents(node: NodeFiles, folder: string, first: string): Promise<void> {
  const { path } = node;
  const top = path.dirname(path.resolve(first));
  for (let made = path.resolve(folder); made !== top; made = path.dirname(made)) {
    await syncFolder(node, path.dirname(made));
  }
}
