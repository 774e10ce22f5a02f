import fs from 'node:fs';
import { mkdir, mkdtemp, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { NodeFiles } from '../src/node-files';
import { nodeFiles as node } from '../src/node-modules';
import { FolderInUseError, withFolderLock } from '../src/with-folder-lock';
import { writerName } from '../src/writer-name';

const ELSEWHERE = 'elsewhere-1-00c0ffee';
let folder: string;
let lock: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-lock-'));
  lock = join(folder, '.thaw-lock');
});

async function heldBy(writer: string, minutesAgo = 0): Promise<void> {
  await mkdir(lock);
  await writeFile(join(lock, writer), '');
  const sign = new Date(Date.now() - minutesAgo * 60_000);
  await utimes(join(lock, writer), sign, sign);
}

/** Node, where each look at a writer's file finds a sign of life of another time, so many minutes ago. */
function withSignsOf(minutesAgo: number): NodeFiles {
  let looks = 0;
  const lstat = async (place: string) => {
    const found = await fs.promises.lstat(place);
    const mtimeMs = Date.now() - minutesAgo * 60_000 + ++looks;
    return Object.assign(Object.create(found), { mtimeMs });
  };
  return { ...node, fs: { ...node.fs, promises: { ...node.fs.promises, lstat } } };
}

describe('the lock of a folder', () => {
  test.each([10, -10])(
    'is not taken from a writer that gives signs of life, if the clocks differ by %d minutes',
    async (minutes) => {
      await heldBy(ELSEWHERE);
      const taking = withFolderLock(withSignsOf(minutes), folder, async () => 'taken', {
        waitMs: 0,
        watchMs: 50,
      });
      await expect(taking).rejects.toThrow(FolderInUseError);
      expect(await readdir(lock)).toEqual([ELSEWHERE]);
    },
  );

  test.each([10, -10])(
    'is taken from a writer that gave none while it was watched, and none %d minutes ago',
    async (minutes) => {
      await heldBy(ELSEWHERE, minutes);
      expect(await withFolderLock(node, folder, async () => 'taken', { waitMs: 0, watchMs: 50 })).toBe(
        'taken',
      );
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test('is taken at once from a process of this machine that has ended, and not from one that runs', async () => {
    const own = writerName(node);
    await heldBy(own);
    await expect(withFolderLock(node, folder, async () => 'taken', { waitMs: 0 })).rejects.toThrow(
      FolderInUseError,
    );
    await fs.promises.rename(join(lock, own), join(lock, own.replace(/-\d+-/, '-999999999-')));
    expect(await withFolderLock(node, folder, async () => 'taken', { waitMs: 0 })).toBe('taken');
  });

  test('that is a link is refused, and what it leads to stays', async () => {
    const precious = await mkdtemp(join(tmpdir(), 'thaw-precious-'));
    const old = new Date(0);
    for (const name of ['thesis.tex', ELSEWHERE]) {
      await writeFile(join(precious, name), 'mine');
      await utimes(join(precious, name), old, old);
    }
    await symlink(precious, lock);
    const taking = withFolderLock(node, folder, async () => 'taken', { waitMs: 0, watchMs: 0 });
    await expect(taking).rejects.toThrow(/ENOTDIR: .*\.thaw-lock is not the lock of a writer/);
    expect((await readdir(precious)).sort()).toEqual([ELSEWHERE, 'thesis.tex']);
  });

  test.each(['thesis.tex', 'a-1-zzzzzzzz', '-1-00c0ffee'])(
    'with the file %s in it, which no writer made, is refused and left as it is',
    async (name) => {
      await heldBy(name, 10_000);
      const taking = withFolderLock(node, folder, async () => 'taken', { waitMs: 0, watchMs: 0 });
      await expect(taking).rejects.toThrow(/ENOTDIR: .* is not the lock of a writer/);
      expect(await readdir(lock)).toEqual([name]);
    },
  );
});
