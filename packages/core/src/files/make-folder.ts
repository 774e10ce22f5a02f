import type { FileError, NodeModules } from '../platform/node-types';
import { syncFolder } from './sync-folder';

/**
 * Makes a folder, and its missing parents. New folders are synced to the disk, so that they outlast a power loss.
 *
 * @throws errors of the file system; an error with code ENOTDIR if a file has the folder's path.
 */
export async function makeFolder(node: NodeModules, folder: string): Promise<void> {
  const { fs, path } = node;
  const first = await fs.promises.mkdir(folder, { recursive: true }).catch((error: FileError) => {
    if (error.code !== 'EEXIST') throw error;
    throw Object.assign(new Error(`ENOTDIR: a file is in the place of folder ${folder}`), {
      code: 'ENOTDIR',
    });
  });
  if (first === undefined) return;
  const top = path.dirname(path.resolve(first));
  for (let made = path.resolve(folder); made !== top; made = path.dirname(made)) {
    await syncFolder(node, path.dirname(made));
  }
}
