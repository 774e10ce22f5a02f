import { homedir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { DownloadError } from '../../src';
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

test('a relative XDG_CACHE_HOME is ignored', () => {
  vi.stubEnv('XDG_CACHE_HOME', 'caches');
  expect(weightsCacheDir(nodeModules()!).startsWith(homedir())).toBe(true);
});

test('a user without a home folder is told to name one', () => {
  vi.stubEnv('XDG_CACHE_HOME', '');
  const node = nodeModules()!;
  const homeless = () => {
    throw Object.assign(new Error('uv_os_homedir returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' });
  };
  const run = () => weightsCacheDir({ ...node, os: { ...node.os, homedir: homeless } });
  expect(run).toThrow(DownloadError);
  expect(run).toThrow(/Set HOME, or XDG_CACHE_HOME/);
});
