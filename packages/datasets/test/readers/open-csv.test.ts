import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CsvOptions, ImageDataset, openCsv } from '../../src/index';
import { greyPngs } from '../grey-pngs';

const TABLE =
  'file,Smiling,Bald,who,part\nfaces/a.png,1,0,ann,train\nfaces/b.png,0,1,bob,valid\nfaces/c.png,,0,ann,TEST\n';
const COLUMNS: CsvOptions = { group: 'who', split: 'part' };
const bytes = (text: string) => new TextEncoder().encode(text);
const labelsOf = (text: string, options: CsvOptions = {}) => openCsv(bytes(text), options);

let folder: string;
let files: Uint8Array[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-csv-'));
  files = await greyPngs(3);
});
afterAll(() => rm(folder, { recursive: true }));

describe('openCsv', () => {
  it('finds the separator outside of quotes', async () => {
    const { labels, y } = await labelsOf('file,"a; b; c; d"\na.png,1\n');
    expect([labels, [...y]]).toEqual([['a; b; c; d'], [1]]);
  });

  it('reads a column a label, groups and split; what is empty is unknown', async () => {
    const table = await labelsOf(TABLE, COLUMNS);
    expect(table).toBeInstanceOf(ImageDataset);
    expect(table).toMatchObject({
      ids: ['faces/a.png', 'faces/b.png', 'faces/c.png'],
      labels: ['Smiling', 'Bald'],
      groups: ['ann', 'bob', 'ann'],
      splits: ['train', 'validation', 'test'],
    });
    expect([...table.y]).toEqual([1, 0, 0, 1, 0, 0]);
    expect([...table.known!]).toEqual([1, 1, 1, 1, 0, 1]);
    expect(
      table.split({ by: 'who', fractions: { train: 0.5, validation: 0, test: 0.5 } }).train.length,
    ).toBeGreaterThan(0);
  });

  it.each([
    ['a path', async () => writeFile(join(folder, 't.csv'), TABLE).then(() => join(folder, 't.csv'))],
    [
      'a gzipped path',
      async () => writeFile(join(folder, 't.gz'), gzipSync(TABLE)).then(() => join(folder, 't.gz')),
    ],
    ['a File', async () => new File([TABLE], 't.csv')],
    [
      'a file: URL',
      async () => writeFile(join(folder, 'u.csv'), TABLE).then(() => pathToFileURL(join(folder, 'u.csv'))),
    ],
    ['a data: URL', async () => new URL(`data:text/csv,${encodeURIComponent(TABLE)}`)],
  ])('takes %s', async (_, source) => {
    expect((await openCsv(await source(), { ...COLUMNS, images: 'ignore' })).labels).toEqual([
      'Smiling',
      'Bald',
    ]);
  });

  it.each([
    ['CRLF', TABLE.replaceAll('\n', '\r\n')],
    ['semicolons', TABLE.replaceAll(',', ';')],
    ['tabs', TABLE.replaceAll(',', '\t')],
    ['a byte order mark', `\uFEFF${TABLE}`],
    ['true and false', TABLE.replaceAll(',1', ',True').replaceAll(',0', ',False')],
    ['floats', TABLE.replaceAll(/,(-?[01])/g, ',$1.0')],
    ['quotes', TABLE.replaceAll('ann', '"ann"')],
    ['spaces', TABLE.replaceAll(',', ' , ')],
    ['no line break at the end', TABLE.trimEnd()],
    [
      'the index of pandas',
      TABLE.trimEnd()
        .split('\n')
        .map((line, i) => `${i === 0 ? '' : i - 1},${line}`)
        .join('\n'),
    ],
  ])('understands %s', async (_, text) => {
    const { y, labels, splits } = await labelsOf(text, COLUMNS);
    expect([labels, splits]).toEqual([
      ['Smiling', 'Bald'],
      ['train', 'validation', 'test'],
    ]);
    expect([...y]).toEqual([1, 0, 0, 1, 0, 0]);
  });

  it('reads one delimited column, sorted or in a given order', async () => {
    const text = 'x.png;Mass|Edema\ny.png;\nz.png;Edema | Hernia\n';
    const sorted = await labelsOf(`image;findings\n${text}`, { labels: { column: 'findings' } });
    expect(sorted.labels).toEqual(['Edema', 'Hernia', 'Mass']);
    expect([...sorted.y]).toEqual([1, 0, 1, 0, 0, 0, 1, 1, 0]);
    const spaced = await labelsOf('image,tags\nx.png,b a\n', {
      labels: { column: 'tags', delimiter: ' ', names: ['a', 'c', 'b'] },
    });
    expect([...spaced.y]).toEqual([1, 0, 1]);
  });

  it('takes only the columns asked for, the id from one of its own', async () => {
    const { ids, labels, y } = await labelsOf(TABLE, { labels: ['Bald'], id: 'part', image: 'file' });
    expect({ ids, labels, y: [...y] }).toEqual({
      ids: ['train', 'valid', 'TEST'],
      labels: ['Bald'],
      y: [0, 1, 0],
    });
  });

  it('finds the images beside the table, in a root, and among given files, and touches none', async () => {
    const path = join(folder, 'images.csv');
    await writeFile(path, 'file,x\na.png,1\nb.png,0\nc.png,1\n');
    await expect(openCsv(path)).rejects.toThrow(
      /3 of 3 images are missing from .*, the first a\.png, b\.png, c\.png/,
    );
    for (const [i, name] of ['a', 'b', 'c'].entries()) await writeFile(join(folder, `${name}.png`), files[i]);
    const beside = await openCsv(path);
    expect((await beside.image(2)).data[0]).toBe(2);
    const rooted = await openCsv(bytes('file,x\nb.png,1\n'), { root: folder });
    expect((await rooted.image(0)).data[0]).toBe(1);
    const given = files.map((file, i) => new File([file as Uint8Array<ArrayBuffer>], `${'abc'[i]}.png`));
    const dropped = await openCsv(bytes('file,x\nsub/c.png,1\n./a.png,0\n'), { files: given });
    expect([(await dropped.image(0)).data[0], (await dropped.image(1)).data[0]]).toEqual([2, 0]);
    const web = await openCsv(bytes('file,x\nfaces/c.png,1\n'), { root: new URL('https://example.org/set') });
    await expect(web.image(0)).rejects.toThrow('(https://example.org/set/faces/c.png)');
  });

  it('names the images that are not among the files given', async () => {
    await expect(openCsv(bytes(TABLE), { ...COLUMNS, files: [new File([], 'b.png')] })).rejects.toMatchObject(
      {
        name: 'MissingImagesError',
        message: expect.stringContaining(
          '2 of 3 images are missing from the files given, the first faces/a.png, faces/c.png',
        ),
      },
    );
  });

  it.each(['../secret.png', '/etc/passwd', 'a/../../b.png', '..', 'x\0.png'])(
    'refuses the path %j, which leads out',
    async (path) => {
      const table = bytes(`file,x\n"${path}",1\n`);
      await expect(openCsv(table, { root: folder })).rejects.toMatchObject({
        name: 'DatasetFileError',
        message: expect.stringContaining('expected images inside'),
      });
      await expect(openCsv(table, { root: 'https://example.org/set' }))
        .rejects.toThrow(path.startsWith('x') ? 'nothing' : 'expected images inside')
        .catch((error: unknown) => {
          // a zero byte is escaped in a URL and stays inside
          if (!path.startsWith('x')) throw error;
        });
    },
  );

  it.each([
    ['a cell too few', 'file,x\na.png\n', {}, /line 2: expected 2 cells, as in the header; received 1/],
    [
      'a value that is none',
      'file,x\na.png,2\n',
      {},
      /line 2: expected 0 or 1, or nothing, for "x" of "a.png"; received "2"/,
    ],
    [
      'an image twice',
      'file,x\na.png,1\na.png,0\n',
      {},
      /line 3: expected ids that differ; received "a.png" a second time/,
    ],
    ['an empty image', 'file,x\n,1\n', {}, /line 2: expected an image and an id; received an empty cell/],
    [
      'a part that is none',
      TABLE.replace('TEST', 'rest'),
      COLUMNS,
      /line 4: expected train, validation or test .* received "rest"/,
    ],
    ['an empty group', TABLE.replace('bob', ''), COLUMNS, /line 3: expected a group of "faces\/b.png"/],
    [
      'columns of one name',
      'file,x,x\na.png,1,1\n',
      {},
      /header: expected columns of different names; received "x" twice/,
    ],
    ['no labels', 'file\na.png\n', {}, /header: expected columns of labels; found none/],
    ['no rows', 'file,x\n', {}, /end: expected rows after the header; found none/],
  ] as const)('refuses %s, and says where', async (_, text, options, message) => {
    await expect(labelsOf(text, options)).rejects.toThrow(message);
    await expect(labelsOf(text, options)).rejects.toMatchObject({
      name: 'DatasetFileError',
      code: 'ERR_DATASET_FILE',
    });
  });

  it('names the nearest columns for one that is not there, and labels that are not among the given', async () => {
    await expect(labelsOf(TABLE, { group: 'whom' })).rejects.toThrow(
      /expected a column .* received "whom"\. Nearest: who/,
    );
    const options = { labels: { column: 'who', names: ['ann'] } };
    await expect(labelsOf(TABLE, options)).rejects.toMatchObject({ name: 'UnknownLabelError' });
  });

  it.each([
    ['a file that is not there', '/nowhere/t.csv', 'DatasetFileError', /can't be read: ENOENT/],
    ['a spreadsheet', new File(['PK\x03\x04'], 't.xlsx'), 'DatasetFileError', /t\.xlsx is a zip, as \.xlsx/],
    ['an empty file', new File([], 't.csv'), 'DatasetFileError', /t\.csv is empty/],
    ['a damaged gzip', Uint8Array.from([0x1f, 0x8b, 8, 0, 1]), 'DatasetFileError', /gzipped and damaged/],
    [
      'an HTML page',
      bytes('<!DOCTYPE html><title>Quota exceeded</title>'),
      'DownloadPageError',
      /it is an HTML page, titled "Quota exceeded"/,
    ],
  ])('refuses %s', async (_, source, name, message) => {
    await expect(openCsv(source)).rejects.toMatchObject({ name });
    await expect(openCsv(source)).rejects.toThrow(message);
  });

  it('ends in a dataset that fits together or in a named error, whatever the text', async () => {
    const pieces = fc.constantFrom(
      'file',
      'a.png',
      'b',
      '1',
      '0',
      '',
      ',',
      ',',
      '\n',
      '\n',
      '"',
      '\r\n',
      ';',
      '\t',
      '../',
      '\0',
      'é',
      '<html>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (parts) => {
        try {
          const { length, labels, y } = await labelsOf(parts.join(''), { root: folder });
          expect(y.length).toBe(length * labels.length);
        } catch (error) {
          expect(error).toMatchObject({
            name: expect.stringMatching(/^(DatasetFile|DownloadPage|MissingImages)Error$/),
          });
        }
      }),
      { numRuns: 500 },
    );
  });
});
