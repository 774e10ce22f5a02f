import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../../src/native/cache-folder';

describe('cacheFolder', () => {
  it.each([
    ['XDG_CACHE_HOME wins', { XDG_CACHE_HOME: '/var/cache' }, 'linux', join('/var/cache', 'thaw')],
    [
      'XDG_CACHE_HOME wins on macOS too',
      { XDG_CACHE_HOME: '/var/cache' },
      'darwin',
      join('/var/cache', 'thaw'),
    ],
    [
      'a relative XDG_CACHE_HOME is no path',
      { XDG_CACHE_HOME: 'cache' },
      'linux',
      join(homedir(), '.cache', 'thaw'),
    ],
    ['Linux without settings', {}, 'linux', join(homedir(), '.cache', 'thaw')],
    ['macOS', {}, 'darwin', join(homedir(), 'Library', 'Caches', 'thaw')],
    ['Windows', { LOCALAPPDATA: '/local' }, 'win32', join('/local', 'thaw', 'Cache')],
  ])('%s', (_, environment, platform, expected) => {
    expect(cacheFolder(environment, platform)).toBe(expected);
  });
});
