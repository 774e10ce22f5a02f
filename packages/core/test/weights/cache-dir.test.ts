import { homedir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { nodeModules } from '../../src/platform/node';
import { weightsCacheDir } from '../../src/weights/cache-dir';

afterEach(() => vi.unstubAllEnvs());

test("$XDG_CACHE_HOME decides where the user's cache is", () => {
  vi.stubEnv('XDG_CACHE_HOME', path.resolve('/caches'));
  expect(weightsCacheDir(nodeModules()!)).toBe(path.resolve('/caches/thaw/weights'));
});

test('without it, the cache lies in the home folder', () => {
  vi.stubEnv('XDG_CACHE_HOME', '');
  vi.stubEnv('LOCALAPPDATA', '');
  const folder = weightsCacheDir(nodeModules()!);
  expect(folder.startsWith(homedir())).toBe(true);
  expect(folder.endsWith(path.join('thaw', 'weights'))).toBe(true);
});
