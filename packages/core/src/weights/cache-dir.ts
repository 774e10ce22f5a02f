import type { FileError, NodeModules } from '../platform/node-types';
import { DownloadError } from './errors';

/**
 * The folder of downloaded weights: `thaw/weights` in `$XDG_CACHE_HOME`, else in ~/Library/Caches (macOS),
 * %LOCALAPPDATA% (Windows) or ~/.cache. A relative XDG_CACHE_HOME is ignored, as the XDG specification asks.
 *
 * @throws CacheError if the user has no home folder
 */
export function weightsCacheDir({ os, path, process }: NodeModules): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const fallback = { darwin: ['Library', 'Caches'], win32: ['AppData', 'Local'] }[process.platform] ?? [
    '.cache',
  ];
  const base =
    (XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME) && XDG_CACHE_HOME) ||
    (process.platform === 'win32' && LOCALAPPDATA) ||
    path.join(homeFolder(os), ...fallback);
  return path.join(base, 'thaw', 'weights');
}

/** A user without an entry in the list of users, as containers have them, has a home folder only by HOME. */
function homeFolder(os: NodeModules['os']): string {
  try {
    return os.homedir();
  } catch (cause) {
    throw new CacheError(
      'weights',
      'weights are kept in the home folder, and this user has none. Set HOME, or XDG_CACHE_HOME to a folder for caches.',
      { cause },
    );
  }
}

/** A download can't be saved in the cache. Other sources of the same file would fail in the same way. */
export class CacheError extends DownloadError {}

/** Runs an action that writes into the cache. @throws CacheError for any error of it, with the remedy */
export async function savedIn<Result>(
  folder: string,
  what: string,
  action: () => Promise<Result>,
): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    const { code, message } = cause as FileError;
    const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'there is no room left on the disk' : message;
    throw new CacheError(
      what,
      `${what} can't be saved in ${folder}: ${reason}. Free space, set XDG_CACHE_HOME to another folder, or pass \`cacheDir\`.`,
      { cause },
    );
  }
}
