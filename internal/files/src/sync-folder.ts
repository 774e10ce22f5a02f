import type { FileError, NodeFiles } from './node-files';
import { syncHandle } from './sync-handle';

/** The error codes of systems that can't sync a folder: Windows, and some network file systems. */
const NOT_SUPPORTED = ['EPERM', 'EACCES', 'EISDIR', 'EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF'];

/** Syncs a folder to the disk. Afterwards, files made, renamed or removed in it stay so even after a power loss. */
export async function syncFolder(node: NodeFiles, folder: string): Promise<void> {
  try {
    const handle = await node.fs.promises.open(folder, 'r');
    try {
      await syncHandle(node, handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!NOT_SUPPORTED.includes((error as FileError).code ?? '')) throw error;
  }
}
