/**
 * The folder where Thaw keeps the native backend and TensorFlow's libraries between installs.
 *
 * `$XDG_CACHE_HOME/thaw`, else `~/Library/Caches/thaw` on macOS, `%LOCALAPPDATA%\thaw\Cache` on Windows and
 * `~/.cache/thaw` elsewhere. A relative XDG_CACHE_HOME is ignored, as the XDG base directory specification asks.
 *
 * @example
 * ```ts
 * import { cacheFolder } from '@thawjs/backends/node';
 *
 * console.log(cacheFolder({ XDG_CACHE_HOME: '/var/cache' })); // /var/cache/thaw
 * ```
 */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  const { homedir } = process.getBuiltinModule('node:os');
  const { isAbsolute, join } = process.getBuiltinModule('node:path');
  const xdg = environment.XDG_CACHE_HOME;
  if (xdg && isAbsolute(xdg)) return join(xdg, 'thaw');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'thaw');
  if (platform === 'win32' && environment.LOCALAPPDATA)
    return join(environment.LOCALAPPDATA, 'thaw', 'Cache');
  return join(homedir(), '.cache', 'thaw');
}
