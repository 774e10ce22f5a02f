import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from '../src/make-folder';
import { nodeFiles } from '../src/node-modules';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-make-'));
});
afterEach(() => rm(folder, { recursive: true }));

const isFolder = async (path: string) => (await stat(path)).isDirectory();

test('makes missing parents, is content with what is there, and follows a link to a folder', async () => {
  await makeFolder(nodeFiles, join(folder, 'a', 'b', 'c'));
  expect(await isFolder(join(folder, 'a/b/c'))).toBe(true);
  await makeFolder(nodeFiles, join(folder, 'a', 'b'));
  await symlink(join(folder, 'a'), join(folder, 'link'));
  await makeFolder(nodeFiles, join(folder, 'link', 'd'));
  expect(await isFolder(join(folder, 'a/d'))).toBe(true);
});

test('several at once make it together', async () => {
  const path = join(folder, 'a', 'b');
  await Promise.all(Array.from({ length: 8 }, () => makeFolder(nodeFiles, path)));
  expect(await isFolder(path)).toBe(true);
});

test.each(['file', 'file/below', 'file/far/below'])('refuses %s, where a file is', async (name) => {
  await writeFile(join(folder, 'file'), '');
  await expect(makeFolder(nodeFiles, join(folder, name))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(existsSync('/proc/self'))('ends in a file system without new folders', async () => {
  await expect(makeFolder(nodeFiles, '/proc/thaw/run')).rejects.toMatchObject({ code: 'ENOENT' });
});
