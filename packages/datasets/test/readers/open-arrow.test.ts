import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImageDataset, openArrow, openImageFolder, type TextSource } from '../../src/index';
import fixture from '../fixtures/arrow.json';

type Folder = keyof typeof fixture.folders;

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));
const file = (name: keyof typeof fixture.files) => bytesOf(fixture.files[name]);
const LABELS = { column: 'labels' };
const expected = fixture.lists.flatMap((list) => [0, 1, 2].map((i) => +list.includes(i)));
const filesOf = (name: Folder): Record<string, string> => fixture.folders[name];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-arrow-'));
  for (const name of Object.keys(fixture.folders) as Folder[]) {
    for (const [path, content] of Object.entries(filesOf(name))) {
      await mkdir(dirname(join(folder, name, path)), { recursive: true });
      await writeFile(join(folder, name, path), bytesOf(content));
    }
  }
});
afterAll(() => rm(folder, { recursive: true }));

const greys = async (set: ImageDataset) => {
  const found: number[] = [];
  for (let row = 0; row < set.length; row++) found.push((await set.image(row)).data[0]);
  return found;
};

describe('openArrow', () => {
  it.each([
    { name: 'a Dataset' as const, ids: (row: number) => `${row}`, splits: undefined },
    {
      name: 'a DatasetDict' as const,
      ids: (row: number) => (row < 5 ? `train/${row}` : `test/${row - 5}`),
      splits: [...Array(5).fill('train'), ...Array(3).fill('test')],
    },
    { name: 'the cache' as const, ids: (row: number) => `${row}`, splits: Array(8).fill('train') },
  ])('reads $name that the real library wrote, from a path or from files', async ({ name, ids, splits }) => {
    const files = Object.entries(filesOf(name)).map(([path, content]) => {
      const one = new File([bytesOf(content)], path.split('/').at(-1)!);
      Object.defineProperty(one, 'webkitRelativePath', { value: `picked/${path}` });
      return one;
    });
    for (const source of [join(folder, name), files]) {
      const set = await openArrow(source, { labels: LABELS, group: 'person' });
      expect(set.labels).toEqual(fixture.names);
      expect([...set.y]).toEqual(expected);
      expect(set.groups).toEqual([0, 0, 1, 1, 2, 2, 3, 3].map(String));
      expect(set.ids.map((id) => (name === 'the cache' ? id.slice(-1) : id))).toEqual(
        set.ids.map((_, row) => ids(row)),
      );
      expect(set.splits).toEqual(splits);
      expect(await greys(set)).toEqual([0, 20, 40, 60, 80, 100, 120, 140]);
    }
  });

  it('reads a column a label, and a part alone', async () => {
    const set = await openArrow(join(folder, 'a DatasetDict/train'), { labels: ['night', 'cat'] });
    expect([set.labels, set.y.join('')]).toEqual([['night', 'cat'], '0001101011']);
  });

  it.each(['bytes, stream', 'bytes, lz4', 'bytes, zstd', 'bytes, feather'] as const)(
    'reads a file by pyarrow: %s',
    async (name) => {
      const set = await openArrow([file(name), file(name)]);
      expect([set.labels, set.y.join(''), set.ids[7]]).toEqual([['cat'], '1011010110', '7']);
      expect(await greys(set.select([6, 0, 9, 3]))).toEqual([20, 0, 80, 60]);
    },
  );

  it('leaves out rows that are wrong, and keeps the images of the others', async () => {
    const set = await openArrow(file('bytes, stream'), {
      values: { positive: [1], negative: ['never'] },
      onProblem: 'skip',
    });
    expect([set.ids, set.problems?.length]).toEqual([['0', '2', '3'], 2]);
    expect(await greys(set)).toEqual([0, 40, 60]);
  });

  it('opens labels alone', async () => {
    const set = await openArrow(join(folder, 'a Dataset'), { labels: LABELS, images: 'ignore' });
    await expect(set.image(0)).rejects.toThrow('made without images');
  });

  it('is named by openImageFolder', async () => {
    await expect(openImageFolder(join(folder, 'a Dataset'))).rejects.toThrow(
      /holds Arrow files \(data-00000-of-00002\.arrow\).*openArrow/,
    );
  });

  const without = (name: Folder, path: string, content?: string) =>
    Object.entries(filesOf(name))
      .filter(([own]) => own !== path || content !== undefined)
      .map(([own, old]) => {
        const one = new File([own === path ? content! : bytesOf(old)], own.split('/').at(-1)!);
        Object.defineProperty(one, 'webkitRelativePath', { value: `picked/${own}` });
        return one;
      });
  const of = (name: keyof typeof fixture.files, change: (bytes: Uint8Array) => Uint8Array): TextSource =>
    change(file(name));

  it.each<{ that: string; source: TextSource | readonly TextSource[]; says: RegExp }>([
    {
      that: 'lacks a file',
      source: without('a Dataset', 'data-00001-of-00002.arrow'),
      says: /state\.json names data-00001-of-00002\.arrow, which is missing/,
    },
    {
      that: 'lacks a split',
      source: without('a DatasetDict', 'test/state.json'),
      says: /expected state\.json in each of train\/, test\//,
    },
    {
      that: 'has a damaged list of files',
      source: without('a Dataset', 'state.json', '{"_data_files":'),
      says: /state\.json is no JSON/,
    },
    {
      that: 'has rows picked by an old version',
      source: without(
        'a Dataset',
        'state.json',
        '{"_data_files":[{"filename":"data-00000-of-00002.arrow"}],"_indices_data_files":[{}]}',
      ),
      says: /picks rows.*save the data set anew/,
    },
    {
      that: 'is cut off between two batches',
      source: of('bytes, stream', (bytes) => bytes.slice(0, -8)),
      says: /it ends early/,
    },
    {
      that: 'is cut off',
      source: of('bytes, stream', (bytes) => bytes.slice(0, 900)),
      says: /it ends early/,
    },
    { that: 'is empty', source: new Uint8Array(0), says: /it ends early/ },
    { that: 'is none', source: new TextEncoder().encode('image,cat\na.png,1\n'), says: /is no Arrow file/ },
    { that: 'is not there', source: '/nowhere.arrow', says: /can't be read: ENOENT/ },
  ])('refuses a file or a folder that $that', async ({ source, says }) => {
    await expect(openArrow(source, { labels: ['cat'] })).rejects.toThrow(says);
    await expect(openArrow(source, { labels: ['cat'] })).rejects.toMatchObject({ name: 'DatasetFileError' });
  });

  it('refuses more rows than the limit of cells, and columns that are not there', async () => {
    await expect(openArrow(file('bytes, stream'), { limits: { cells: 4 } })).rejects.toMatchObject({
      name: 'LimitExceededError',
    });
    await expect(openArrow(file('bytes, stream'), { labels: ['catt'] })).rejects.toThrow(
      /catt.*Nearest: cat/,
    );
    await expect(openArrow(file('types, stream'))).rejects.toThrow(/image/);
    await expect(openArrow([])).rejects.toThrow(/at least one Arrow file/);
    await expect(openArrow(file('bytes, stream'), { label: ['cat'] } as never)).rejects.toThrow(/label/);
  });

  it.each(['bytes, stream', 'bytes, lz4', 'bytes, zstd', 'bytes, feather'] as const)(
    'ends in a data set or in a named error, whatever bytes are changed: %s',
    async (name) => {
      const whole = file(name);
      const change = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 4,
      });
      await fc.assert(
        fc.asyncProperty(change, fc.constantFrom(0, 0, 0, 1, 100), async (edits, cut) => {
          const bytes = whole.slice(0, whole.length - cut);
          for (const [at, value] of edits) bytes[Math.min(at, bytes.length - 1)] = value;
          try {
            await greys(await openArrow(bytes));
          } catch (error) {
            expect(error).toMatchObject({
              name: expect.stringMatching(
                /^(DatasetFile|DatasetShape|ImageDecode|UnknownLabel|LimitExceeded)Error$/,
              ),
            });
          }
        }),
        { numRuns: 200 },
      );
    },
  );
});
