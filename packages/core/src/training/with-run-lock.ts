import { OptionError } from '../errors';
import { storePlace } from '../files/database-store';
import { nodeModules } from '../platform/node';
import type { NodeModules } from '../platform/node-types';

/**
 * Runs an action while no other run, of this process or of another, may write to `out`. A run that was killed holds nothing.
 *
 * @param out as in `fineTune`; undefined: the action runs without a lock
 * @throws OptionError if another run holds the folder, or the part of the browser's database, or if the folder can't be
 * written; what the action throws
 */
export async function withRunLock<Result>(
  out: string | undefined,
  action: () => Promise<Result>,
): Promise<Result> {
  if (out === undefined) return action();
  if (/^\w+:\/\//.test(out)) return withBrowserLock(out, action);
  const node = nodeModules();
  return node ? withLockedFolder(node, out, action) : action();
}

async function withLockedFolder<Result>(
  node: NodeModules,
  out: string,
  action: () => Promise<Result>,
): Promise<Result> {
  // Imported dynamically, so that a browser doesn't load them.
  const { makeFolder } = await import('@thawjs/files/make-folder');
  const { FolderInUseError, withFolderLock } = await import('@thawjs/files/with-folder-lock');
  const { existsSync, promises } = node.fs;
  const isNew = !existsSync(out);
  let isHeld = false;
  const held = () => {
    isHeld = true;
    return action();
  };
  try {
    await makeFolder(node, out);
    return await withFolderLock(node, out, held, { waitMs: 0 });
  } catch (error) {
    if (isHeld) throw error;
    throw error instanceof FolderInUseError ? inUse(out) : unwritable(out, error as Error);
  } finally {
    // A call that is refused leaves no folder. One with files in it stays.
    if (isNew) await promises.rmdir(out).catch(() => {});
  }
}

/** By the Web Locks API, which pages and workers of a site share. */
function withBrowserLock<Result>(out: string, action: () => Promise<Result>): Promise<Result> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return action();
  const held = locks.request(`thaw run ${storePlace(out)}`, { ifAvailable: true }, (lock) => {
    if (!lock) throw inUse(out);
    return action();
  });
  // The types of some versions don't know that the promise of a promise is awaited.
  return held as Promise<unknown> as Promise<Result>;
}

/** The error of an `out` that nothing can be written to. */
export function unwritable(out: string, cause: Error, caller = 'fineTune'): OptionError {
  return new OptionError(
    `${caller}: expected to write into out, "${out}"; ${cause.message.replace(/\.$/, '')}. Free space, or choose another folder.`,
    { cause },
  );
}

function inUse(out: string): OptionError {
  return new OptionError(
    `fineTune: expected out to be a place that no other run writes to; another run is writing to "${out}". ` +
      'Wait for its end, or choose another one.',
  );
}
