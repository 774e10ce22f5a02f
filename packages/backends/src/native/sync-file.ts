import { close, fsync, open } from 'node:fs';
import { promisify } from 'node:util';

/**
 * Waits until a file's bytes are on the disk, so that a manifest never reaches it before what it vouches for.
 * With descriptors, because the file handles of Yarn's Plug'n'Play lack `sync`.
 */
export async function syncFile(path: string): Promise<void> {
  const descriptor = await promisify(open)(path, 'r+');
  await promisify(fsync)(descriptor).finally(() => promisify(close)(descriptor));
}
