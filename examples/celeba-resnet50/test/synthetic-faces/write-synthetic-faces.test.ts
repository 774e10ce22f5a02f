import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CELEBA_ATTRIBUTES,
  ensureSyntheticFaces,
  SyntheticFacesFolderError,
  SyntheticFacesOptionError,
  writeSyntheticFaces,
} from '../../src/synthetic-faces/index';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'thaw-synthetic-faces-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Every file below a folder and its bytes. */
async function contents(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const pairs = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1), (await readFile(path)).toString('base64')] as const;
  });
  return new Map((await Promise.all(pairs)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const linesOf = async (file: string): Promise<string[]> =>
  (await readFile(file, 'utf8')).split('\r\n').slice(0, -1);

describe('writeSyntheticFaces', () => {
  it('writes CelebA’s layout, down to its double spaces and line ends', async () => {
    const folder = join(root, 'layout');
    await writeSyntheticFaces(folder, { count: 24, seed: 1 });
    expect((await readdir(folder)).toSorted()).toEqual([
      'LICENCE.txt',
      'identity_CelebA.txt',
      'img_align_celeba',
      'list_attr_celeba.txt',
      'list_eval_partition.txt',
      'synthetic-faces.json',
    ]);
    const names = Array.from({ length: 24 }, (_, i) => `0000${String(i + 1).padStart(2, '0')}.jpg`);
    expect((await readdir(join(folder, 'img_align_celeba'))).toSorted()).toEqual(names);

    const [count, header, ...rows] = await linesOf(join(folder, 'list_attr_celeba.txt'));
    expect(count).toBe('24');
    expect(header).toBe(`${CELEBA_ATTRIBUTES.join(' ')} `);
    expect(rows).toHaveLength(24);
    rows.forEach((row, i) => {
      expect(row).toMatch(/^\d{6}\.jpg( -1| {2}1){40}$/);
      expect(row.startsWith(names[i])).toBe(true);
    });
    const partition = await linesOf(join(folder, 'list_eval_partition.txt'));
    const identity = await linesOf(join(folder, 'identity_CelebA.txt'));
    names.forEach((name, i) => {
      expect(partition[i]).toMatch(new RegExp(`^${name} [012]$`));
      expect(identity[i]).toMatch(new RegExp(`^${name} [1-9]\\d*$`));
    });
    expect(await readFile(join(folder, 'LICENCE.txt'), 'utf8')).toContain('Pablo Stanley');
  });

  it('writes the same bytes again, and the same images in a larger set', async () => {
    await writeSyntheticFaces(join(root, 'once'), { count: 30, seed: 5 });
    await writeSyntheticFaces(join(root, 'twice'), { count: 30, seed: 5 });
    await writeSyntheticFaces(join(root, 'more'), { count: 40, seed: 5 });
    await writeSyntheticFaces(join(root, 'other'), { count: 30, seed: 6 });
    const once = await contents(join(root, 'once'));
    expect(await contents(join(root, 'twice'))).toEqual(once);
    const more = await contents(join(root, 'more'));
    const other = await contents(join(root, 'other'));
    for (const [name, bytes] of once) {
      if (!name.endsWith('.jpg')) continue;
      expect(more.get(name) === bytes, name).toBe(true);
      expect(other.get(name) === bytes, name).toBe(false);
    }
  });

  it('reports every image', async () => {
    const seen: number[] = [];
    await writeSyntheticFaces(join(root, 'progress'), {
      count: 9,
      quality: 80,
      identities: 4,
      onProgress: ({ done, total }) => {
        expect(total).toBe(9);
        seen.push(done);
      },
    });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([
    [{ count: 0 }, 'expected count to be a whole number from 1 to 999999; received 0'],
    [{ count: 1.5 }, 'received 1.5'],
    [{ seed: Number.NaN }, 'expected seed to be a whole number'],
    [{ quality: 101 }, 'expected quality to be a whole number from 1 to 100; received 101'],
    [{ count: 10, identities: 1 }, 'expected identities between 2 and 10'],
  ])('refuses %o before it writes anything', async (options, message) => {
    const folder = join(root, 'refused');
    await expect(writeSyntheticFaces(folder, options)).rejects.toThrow(SyntheticFacesOptionError);
    await expect(writeSyntheticFaces(folder, options)).rejects.toThrow(message);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  it('leaves a folder of other things alone', async () => {
    const folder = join(root, 'holiday');
    await mkdir(folder);
    await writeFile(join(folder, 'beach.jpg'), 'sand');
    await expect(writeSyntheticFaces(folder, { count: 2 })).rejects.toThrow(SyntheticFacesFolderError);
    await expect(ensureSyntheticFaces(folder, { count: 2 })).rejects.toThrow('beach.jpg');
    expect(await readFile(join(folder, 'beach.jpg'), 'utf8')).toBe('sand');
  });

  it('leaves nothing behind when it fails half-way, and clears what a killed process left', async () => {
    const folder = join(root, 'half');
    const leftover = `${folder}.partial-999999999`;
    await mkdir(leftover);
    const failing = writeSyntheticFaces(folder, {
      count: 20,
      onProgress: ({ done }) => {
        if (done === 3) throw new Error('disk full');
      },
    });
    await expect(failing).rejects.toThrow('disk full');
    expect((await readdir(root)).filter((name) => name.startsWith('half'))).toEqual([]);
  });
});

describe('ensureSyntheticFaces', () => {
  it('keeps a whole set of the same options', async () => {
    const folder = join(root, 'kept');
    expect(await ensureSyntheticFaces(folder, { count: 6 })).toBe('written');
    expect(await ensureSyntheticFaces(folder, { count: 6 })).toBe('kept');
  });

  it.each([
    ['another count', { count: 7 }],
    ['another seed', { count: 6, seed: 1 }],
    ['another quality', { count: 6, quality: 50 }],
    ['another number of persons', { count: 6, identities: 6 }],
  ])('remakes a set of %s', async (what, options) => {
    const folder = join(root, what);
    await writeSyntheticFaces(folder, { count: 6 });
    expect(await ensureSyntheticFaces(folder, options)).toBe('written');
    expect(await ensureSyntheticFaces(folder, options)).toBe('kept');
  });

  it.each(['img_align_celeba/000003.jpg', 'list_attr_celeba.txt', 'identity_CelebA.txt'])(
    'remakes a set that has lost %s',
    async (lost) => {
      const folder = join(root, `lost ${lost.replace('/', ' ')}`);
      await writeSyntheticFaces(folder, { count: 6 });
      await rm(join(folder, lost));
      expect(await ensureSyntheticFaces(folder, { count: 6 })).toBe('written');
      expect((await readFile(join(folder, lost))).length).toBeGreaterThan(0);
    },
  );
});
