import { join } from 'node:path';
import { makeFolder } from '@thawjs/files/make-folder';
import { nodeFiles } from '@thawjs/files/node-modules';
import { lock } from 'proper-lockfile';

const STALE_MS = 15_000;

/**
 * Runs `work` while holding the lock of a folder; a second process waits, and takes over if the first one has died.
 */
export async function withLock<T>(folder: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  await makeFolder(nodeFiles, folder);
  const options = { lockfilePath: join(folder, '.lock'), stale: STALE_MS, realpath: false };
  const release = await lock(folder, options).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ELOCKED') throw error;
    onWait();
    return lock(folder, { ...options, retries: { forever: true, minTimeout: 200, maxTimeout: 1000 } });
  });
  try {
    return await work();
  } finally {
    await release();
  }
}
