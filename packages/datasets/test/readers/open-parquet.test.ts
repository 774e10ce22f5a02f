import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openParquet } from '../../src/index';
import fixture from '../fixtures/huggingface.json';
import { greyPngs } from '../grey-pngs';

const bytesOf = (name: keyof typeof fixture.files) =>
  Uint8Array.from(Buffer.from(fixture.files[name], 'base64'));
const expected = fixture.lists.flatMap((list) => [0, 1, 2].map((i) => +list.includes(i)));
const columns = bytesOf('a column a label, uncompressed');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-parquet-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('openParquet', () => {
  it.each(['class labels, snappy', 'class labels, zstd with page index', 'class labels, gzip'] as const)(
    'reads %s, as pyarrow wrote it, with the names from the description',
    async (name) => {
      const set = await openParquet(bytesOf(name), { labels: { column: 'labels' } });
      expect(set.labels).toEqual(fixture.names);
      expect([...set.y]).toEqual(expected);
      for (const row of [7, 0, 3, 2, 7]) {
        const { data, width, height } = await set.image(row);
        expect([width, height, data[0]]).toEqual([4, 3, 20 * row]);
      }
    },
  );

  it('reads a column a label, and groups, from bytes, a File or a path', async () => {
    const path = join(folder, 'a.parquet');
    await writeFile(path, columns);
    for (const source of [columns, new File([columns], 'a.parquet'), path]) {
      const set = await openParquet(source, { group: 'celeb_id' });
      expect([...set.y]).toEqual(expected);
      expect(set.groups).toEqual(['5', '5', '6', '7', '7', '8', '9', '9']);
      expect((await set.image(5)).data[0]).toBe(100);
    }
  });

  it('joins several files, each image its own', async () => {
    const set = await openParquet([columns, columns], { labels: ['night', 'cat'], images: undefined! });
    expect([set.length, set.labels, set.ids[8]]).toEqual([16, ['night', 'cat'], '1/0']);
    expect((await set.image(8 + 4)).data[0]).toBe(80);
    for await (const { pixels } of set.batches({ size: [1, 1], batchSize: 16, shuffle: true })) {
      expect([...pixels].sort((a, b) => a - b).filter((_, i) => i % 6 === 0)).toEqual([
        0, 20, 40, 60, 80, 100, 120, 140,
      ]);
    }
  });

  it('opens the labels alone, or a table without images', async () => {
    const alone = await openParquet(columns, { group: 'celeb_id', images: 'ignore' });
    await expect(alone.image(0)).rejects.toThrow('made without images');
  });

  it('reads images that are bytes alone, and names an empty one', async () => {
    const [png] = await greyPngs(1);
    const file = parquetWriteBuffer({
      columnData: [
        { name: 'picture', data: [png, new Uint8Array(0)], type: 'BYTE_ARRAY' },
        { name: 'x', data: [1, -1], type: 'INT32' },
      ],
    });
    const set = await openParquet(new Uint8Array(file), { image: 'picture' });
    expect([...set.y]).toEqual([1, 0]);
    expect((await set.image(0)).width).toBe(6);
    await expect(set.image(1)).rejects.toThrow(
      /image "1" \(row 1 of the file\): could not read it: the file is empty/,
    );
  });

  it.each([
    ['a file that is not there', '/nowhere.parquet', 'DatasetFileError', /can't be read: ENOENT/],
    [
      'bytes that are no parquet',
      new TextEncoder().encode('PAR1 but not really'),
      'DatasetFileError',
      /is no parquet file/,
    ],
    [
      'an HTML page',
      new TextEncoder().encode('<!doctype html><title>Sign in</title>'),
      'DownloadPageError',
      /titled "Sign in"/,
    ],
    [
      'a file that is cut off',
      columns.slice(0, 900),
      'DatasetFileError',
      /is no parquet file, or a damaged one/,
    ],
  ])('refuses %s', async (_, source, name, message) => {
    await expect(openParquet(source)).rejects.toThrow(message);
    await expect(openParquet(source)).rejects.toMatchObject({ name });
  });

  it('refuses columns that are not there, and files that differ', async () => {
    await expect(openParquet(columns, { labels: ['catt'] })).rejects.toThrow(/catt/);
    await expect(
      openParquet([columns, bytesOf('class labels, snappy')], { labels: ['cat'] }),
    ).rejects.toThrow(/has no column "cat"/);
    await expect(openParquet([])).rejects.toThrow(/at least one parquet file/);
  });

  it('ends where a column is said to have a negative number of children', async () => {
    const whole = bytesOf('class labels, snappy');
    const footer = whole.length - 8 - new DataView(whole.buffer).getUint32(whole.length - 8, true);
    const found = new Set<string>();
    for (let at = footer; at < footer + 200; at++) {
      const bytes = whole.slice();
      bytes[at] = 9; // −5 as parquet writes it
      const opened = openParquet(bytes, { labels: { column: 'labels' }, images: 'ignore' });
      found.add(
        await opened.then(
          () => 'opened',
          (error: Error) => error.name,
        ),
      );
    }
    expect([...found].sort()).toEqual(['DatasetFileError', 'UnknownLabelError', 'opened']);
  });

  it('ends in a dataset or in a named error, whatever bytes are changed', async () => {
    const whole = bytesOf('class labels, snappy');
    const change = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(change, fc.constantFrom(0, 0, 0, 1, 100), async (edits, cut) => {
        const bytes = whole.slice(0, whole.length - cut);
        for (const [at, value] of edits) bytes[Math.min(at, bytes.length - 1)] = value;
        try {
          const set = await openParquet(bytes, { labels: { column: 'labels' } });
          for (let row = 0; row < set.length; row++) await set.image(row);
        } catch (error) {
          expect(error).toMatchObject({
            name: expect.stringMatching(
              /^(DatasetFile|DatasetShape|ImageDecode|UnknownLabel|DownloadPage)Error$/,
            ),
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});
