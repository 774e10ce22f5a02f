import type { FileError, NodeFiles } from './node-files';
import { syncFolder } from './sync-folder';

/**
 * Makes a folder, and its missing parents. New folders are synced to the disk, so that they outlast a power loss.
 *
 * @throws errors of the file system; an error with code ENOTDIR if a file has the folder's path.
 */
export async function makeFolder(node: NodeFiles, folder: string): Promise<void> {
  const first = await makeMissing(node, node.path.resolve(folder));
  if (first !== undefined) await syncParents(node, folder, first);
}

/**
 * Makes a folder and its missing parents. Node's own `recursive` never ends in /proc: the system says there that the parent
 * is missing, although the parent exists.
 *
 * @returns the first folder that was made; undefined if the folder was there
 * @throws errors of the file system; an error with code ENOTDIR if a file has the folder's path.
 */
async function makeMissing(node: NodeFiles, folder: string): Promise<string | undefined> {
  const { fs, path } = node;
  if (await isFolder(node, folder)) return undefined;
  const parent = path.dirname(folder);
  const first = parent === folder ? undefined : await makeMissing(node, parent);
  try {
    await fs.promises.mkdir(folder);
    return first ?? folder;
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as FileError).code === 'EEXIST' && (await isFolder(node, folder))) return first;
    throw error;
  }
}

/** Whether a path is a folder. @throws an error with code ENOTDIR if something else has the path. */
async function isFolder({ fs }: NodeFiles, path: string): Promise<boolean> {
  const found = await fs.promises.stat(path).catch((error: FileError) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found || found.isDirectory()) return found !== undefined;
  const message = `ENOTDIR: a file is in the place of folder ${path}`;
  throw Object.assign(new Error(message), { code: 'ENOTDIR' });
}

/** Syncs the parents of new folders to the disk, from a folder up to the first one that was made. */
async function syncParents(node: NodeFiles, folder: string, first: string): Promise<void> {
  const { path } = node;
  const top = path.dirname(path.resolve(first));
  for (let made = path.resolve(folder); made !== top; made = path.dirname(made)) {
    await syncFolder(node, path.dirname(made));
  }
}
