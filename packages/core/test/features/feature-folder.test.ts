import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writerName } from '@thawjs/files/writer-name';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FeatureCacheError } from '../../src';
import { type FeatureFileHeader, featureFileBytes } from '../../src/features/feature-file';
import { type FeatureFolder, featureFolder } from '../../src/features/feature-folder';
import { nodeModules } from '../../src/platform/node';
import { failingDisk } from './failing-disk';

const node = nodeModules()!;
const PLENTY = 2 ** 30;
let path: string;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'thaw-features-'));
});

afterEach(() => rm(path, { recursive: true, force: true }));

const header = (key: string, rows = 5, shape: readonly number[] = [2, 3]): FeatureFileHeader => ({
  key,
  rows,
  shape,
});

const valuesOf = ({ key, rows, shape }: FeatureFileHeader) => {
  const length = rows * shape.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length }, (_, i) => i / 7 + key.charCodeAt(0));
};

async function store(folder: FeatureFolder, of: FeatureFileHeader, batchRows = 2): Promise<void> {
  const writer = await folder.write(of);
  const values = valuesOf(of);
  const width = values.length / of.rows;
  for (let row = 0; row < of.rows; row += batchRows) {
    await writer.append(values.subarray(row * width, (row + batchRows) * width));
  }
  await writer.commit();
  await writer.discard();
}

async function read(folder: FeatureFolder, of: FeatureFileHeader): Promise<number[] | undefined> {
  const file = await folder.open(of);
  if (!file) return undefined;
  const values = new Float32Array(valuesOf(of).length);
  await file.read(0, values);
  await file.close();
  return Array.from(values);
}

const names = async () => (await readdir(path)).sort();
const lastUsed = (key: string, secondsAgo: number) => {
  const then = new Date(Date.now() - 1000 * secondsAgo);
  return utimes(join(path, `${key}.features`), then, then);
};

describe('a folder of features', () => {
  test('gives back what was stored, whole and row by row', async () => {
    const folder = featureFolder(node, join(path, 'deep', 'er'), PLENTY);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(9),
        fc.array(fc.integer({ min: 1, max: 4 })),
        fc.integer({ min: 1, max: 4 }),
        async (rows, shape, batch) => {
          const of = header('k', rows, shape);
          await store(folder, of, batch);
          expect(await read(folder, of)).toEqual(Array.from(valuesOf(of)));
        },
      ),
      { numRuns: 30 },
    );
    await store(folder, header('a'));
    const opened = (await folder.open(header('a')))!;
    const row = new Float32Array(6);
    await opened.read(3, row);
    expect(row).toEqual(valuesOf(header('a')).subarray(18, 24));
    await opened.close();
  });

  test('has nothing of a key that wasn’t stored, nor where there is no folder yet', async () => {
    expect(await read(featureFolder(node, join(path, 'none'), PLENTY), header('a'))).toBeUndefined();
    expect(await names()).toEqual([]);
  });

  test('shows a file only once it is committed, and nothing of one that was given up', async () => {
    const folder = featureFolder(node, path, PLENTY);
    const writer = await folder.write(header('a'));
    await writer.append(valuesOf(header('a')));
    expect(await read(folder, header('a'))).toBeUndefined();
    await writer.discard();
    expect(await names()).toEqual([]);
  });

  test('is as large on disk as it says', async () => {
    const folder = featureFolder(node, path, PLENTY);
    await store(folder, header('a'));
    expect((await stat(join(path, 'a.features'))).size).toBe(featureFileBytes(header('a')));
  });
});

describe('a file that isn’t what it was is never taken, and goes', () => {
  const damages: [string, (file: string) => Promise<unknown>][] = [
    ['cut short', async (file) => truncate(file, (await stat(file)).size - 4)],
    ['emptied', (file) => truncate(file, 0)],
    ['longer', async (file) => writeFile(file, Buffer.concat([await readFile(file), Buffer.alloc(4)]))],
    ['another’s', (file) => writeFile(file, 'half a page of HTML')],
  ];
  test.each(damages)('%s', async (_, damage) => {
    const folder = featureFolder(node, path, PLENTY);
    await store(folder, header('a'));
    await damage(join(path, 'a.features'));
    expect(await read(folder, header('a'))).toBeUndefined();
    expect(await names()).toEqual([]);
  });

  test('with any one bit changed', async () => {
    const folder = featureFolder(node, path, PLENTY);
    await store(folder, header('a'));
    const file = join(path, 'a.features');
    const whole = await readFile(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (byte, bit) => {
        const changed = Buffer.from(whole);
        changed[byte] ^= 1 << bit;
        await writeFile(file, changed);
        expect(await read(folder, header('a'))).toBeUndefined();
      }),
    );
  });

  test('of another shape or number of rows than asked for', async () => {
    const folder = featureFolder(node, path, PLENTY);
    for (const other of [header('a', 5, [3, 2]), header('a', 10, [3]), header('a', 4)]) {
      await store(folder, header('a'));
      expect(await read(folder, other)).toBeUndefined();
    }
  });
});

describe('the limit', () => {
  const one = featureFileBytes(header('a'));

  test('is kept by removing what was used longest ago; reading is a use', async () => {
    const folder = featureFolder(node, path, 3 * one);
    for (const [age, key] of ['a', 'b', 'c'].entries()) {
      await store(folder, header(key));
      await lastUsed(key, 100 - age);
    }
    expect(await read(folder, header('a'))).toBeDefined();
    await store(folder, header('d'));
    expect(await names()).toEqual(['a.features', 'c.features', 'd.features']);
    await store(folder, header('e', 10));
    expect(await names()).toEqual(['d.features', 'e.features']);
  });

  test('leaves other files alone', async () => {
    await writeFile(join(path, 'notes.txt'), 'x'.repeat(10 * one));
    const folder = featureFolder(node, path, one);
    await store(folder, header('a'));
    await store(folder, header('b'));
    expect(await names()).toEqual(['b.features', 'notes.txt']);
  });

  test('never removes a file that isn’t its own, whatever its name', async () => {
    const foreign = [
      'download.part',
      'x.part',
      'movie.mp4.part',
      'a.b-1.part',
      'my.features',
      'edges.features',
      'old.features.bak',
    ];
    for (const name of foreign) {
      await writeFile(join(path, name), Buffer.alloc(10 * one));
      const days = new Date(Date.now() - 9 * 24 * 3600 * 1000);
      await utimes(join(path, name), days, days);
    }
    const folder = featureFolder(node, path, one);
    await store(folder, header('a'));
    await store(folder, header('b'));
    expect(await names()).toEqual(['b.features', ...foreign].sort());
  });

  test('counts files on their way, and removes those that a dead process left', async () => {
    const left = join(path, 'x.host-1-0.part');
    await writeFile(left, Buffer.alloc(one));
    const folder = featureFolder(node, path, 2 * one);
    await store(folder, header('a'));
    await lastUsed('a', 10);
    await store(folder, header('b'));
    expect(await names()).toEqual(['b.features', 'x.host-1-0.part']);
    const hours = new Date(Date.now() - 2 * 3600 * 1000);
    await utimes(left, hours, hours);
    await store(folder, header('c'));
    expect(await names()).toEqual(['b.features', 'c.features']);
  });

  test('removes at once what a process of this machine left that has ended', async () => {
    const folder = featureFolder(node, path, 3 * one);
    const alive = `x.${writerName(node)}.part`;
    // Linux gives no process a number this high.
    const ended = alive.replace(/-\d+-/, '-999999999-');
    for (const name of [alive, ended]) await writeFile(join(path, name), Buffer.alloc(one));
    await store(folder, header('a'));
    expect(await names()).toEqual(['a.features', alive]);
  });

  test('a file that is removed while it is read is read to its end', async () => {
    const folder = featureFolder(node, path, one);
    await store(folder, header('a'));
    const file = (await folder.open(header('a')))!;
    await store(folder, header('b'));
    expect(await names()).toEqual(['b.features']);
    const values = new Float32Array(valuesOf(header('a')).length);
    await file.read(0, values);
    expect(values).toEqual(valuesOf(header('a')));
    await file.close();
  });
});

describe('a disk that fails', () => {
  test.each([0, 200])('full after %d bytes: says so, and leaves nothing behind', async (after) => {
    const folder = featureFolder(failingDisk(node, { code: 'ENOSPC', bytes: after }), path, PLENTY);
    const storing = store(folder, header('a', 99), 1);
    await expect(storing).rejects.toThrow(FeatureCacheError);
    await expect(storing).rejects.toThrow(/no room left on the disk\. Free space, or choose another folder/);
    expect((await names()).filter((name) => name.endsWith('.features'))).toEqual([]);
  });

  test('full in the middle: giving up removes the part', async () => {
    const folder = featureFolder(failingDisk(node, { code: 'ENOSPC', bytes: 200 }), path, PLENTY);
    const writer = await folder.write(header('a', 99));
    await expect(writer.append(valuesOf(header('a', 99)))).rejects.toThrow(FeatureCacheError);
    await writer.discard();
    expect(await names()).toEqual([]);
  });

  test('a folder that is a file is named', async () => {
    const file = join(path, 'file');
    await writeFile(file, '');
    await expect(featureFolder(node, file, PLENTY).write(header('a'))).rejects.toThrow(FeatureCacheError);
    await expect(featureFolder(node, file, PLENTY).open(header('a'))).rejects.toThrow(
      /expected to read and write in/,
    );
  });
});

describe('two processes', () => {
  /** Stores and reads keys again and again, as fast as it can; prints what it found that it shouldn't have. */
  const hammer = (seed: number) =>
    new Promise<string>((resolve, reject) => {
      const script = fileURLToPath(new URL('./hammer-feature-folder.ts', import.meta.url));
      const tsx = join(import.meta.dirname, '../../../../node_modules/.bin/tsx');
      const child = spawn(tsx, [script, path, String(seed)], { stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
      child.on('error', reject);
      child.on('close', () => resolve(output));
    });

  test('that store, read and evict the same keys at once never see half a file or another’s', async () => {
    const found = await Promise.all([hammer(1), hammer(2)]);
    for (const output of found) expect(output).toMatch(/^60 stored, \d+ found, 0 wrong\n$/);
    expect((await names()).filter((name) => name.endsWith('.part'))).toEqual([]);
  }, 60_000);
});
