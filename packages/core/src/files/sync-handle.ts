import type { FileHandle, NodeModules } from '../platform/node-types';

/**
 * Waits until everything that was written to an open file is on the disk. By the file's descriptor, because the file handles of
 * Yarn's Plug'n'Play lack `sync`.
 */
export function syncHandle({ fs }: Pick<NodeModules, 'fs'>, { fd }: FileHandle): Promise<void> {
  return new Promise((resolve, reject) => fs.fsync(fd, (error) => (error ? reject(error) : resolve())));
}
