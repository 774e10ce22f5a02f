import type { NodeModules } from '../platform/node-types';

/**
 * The folder of downloaded weights: `thaw/weights` in `$XDG_CACHE_HOME`, else in ~/Library/Caches (macOS),
 * %LOCALAPPDATA% (Windows) or ~/.cache.
 */
export function weightsCacheDir({ os, path, process }: NodeModules): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const fallback = { darwin: ['Library', 'Caches'], win32: ['AppData', 'Local'] }[process.platform] ?? [
    '.cache',
  ];
  const base =
    XDG_CACHE_HOME || (process.platform === 'win32' && LOCALAPPDATA) || path.join(os.homedir(), ...fallback);
  return path.join(base, 'thaw', 'weights');
}
