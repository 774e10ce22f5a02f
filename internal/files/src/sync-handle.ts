import type { NodeFiles, WritableFile } from './node-files';

/**
 * Waits until everything that was written to an open file is on the disk. By the file's descriptor, because the file handles of
 * Yarn's Plug'n'Play lack `sync`.
 */
export function syncHandle(
  { fs }: { readonly fs: Pick<NodeFiles['fs'], 'fsync'> },
  { fd }: Pick<WritableFile, 'fd'>,
): Promise<void> {
  return new Promise((resolve, reject) => fs.fsync(fd, (error) => (error ? reject(error) : resolve())));
}
