import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, describe, expect, it } from 'vitest';
import { CelebA } from '../src/index';
import {
  ATTRIBUTES,
  ATTRIBUTES_CSV,
  folderOf,
  IDENTITY,
  IDENTITY_TEXT,
  IDS,
  images,
  LABELS,
  PARTITION_TEXT,
  TEXTS,
  Y,
} from './made-celeba';

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));
const make = async (files: Record<string, string | Uint8Array>) => {
  const folder = await folderOf(files);
  folders.push(folder);
  return folder;
};
const lines = ATTRIBUTES_CSV.trimEnd().split('\n');
const withoutEndings = (text: string) => text.replaceAll('.jpg', '');
const PARTS = ['train', 'train', 'train', 'validation', 'test', 'test'];

describe('CelebA as it circulates', () => {
  it("opens torchvision's root, with its images and splits", async () => {
    const texts = Object.fromEntries(Object.entries(TEXTS).map(([name, text]) => [`celeba/${name}`, text]));
    const root = await make({ ...texts, ...(await images('celeba/img_align_celeba/')) });
    const faces = await CelebA.open(root);
    expect([faces.ids, [...faces.y], faces.splits]).toEqual([IDS, Y, PARTS]);
    expect((await faces.image(1)).data[0]).toBe(80);
  });

  it.each([
    ['train/0000.parquet', 'validation/0000.parquet', 'test/0000.parquet'],
    ['default/train/0000.parquet', 'default/validation/0000.parquet', 'default/test/0000.parquet'],
  ])("opens Hugging Face's converted tree with its parts: %s", async (...paths) => {
    const file = (value: boolean) =>
      new Uint8Array(
        parquetWriteBuffer({
          columnData: [
            { name: 'image', data: [new Uint8Array([1])], type: 'BYTE_ARRAY' },
            { name: 'Bald', data: [value], type: 'BOOLEAN' },
          ],
        }),
      );
    const folder = await make(Object.fromEntries(paths.map((path, i) => [path, file(i === 0)])));
    const faces = await CelebA.open(folder);
    expect([faces.splits, [...faces.y]]).toEqual([
      ['test', 'train', 'validation'],
      [0, 1, 0],
    ]);
  });

  it("opens CelebAMask-HQ's attributes and images", async () => {
    const ids = ['0.jpg', '1.jpg'];
    const text = `2\nBald Smiling\n0.jpg -1  1\n1.jpg  1  1\n`;
    const within = 'CelebAMask-HQ/';
    const folder = await make({
      [`${within}CelebAMask-HQ-attribute-anno.txt`]: text,
      ...(await images(`${within}CelebA-HQ-img/`, ids)),
    });
    const faces = await CelebA.open(folder);
    expect([faces.ids, [...faces.y]]).toEqual([ids, [0, 1, 1, 1]]);
    expect((await faces.image(1)).data[0]).toBe(40);
  });

  it.each([
    ['semicolons', ATTRIBUTES_CSV.replaceAll(',', ';')],
    ['floats', ATTRIBUTES_CSV.replaceAll(/,(-?1)/g, ',$1.0')],
    ['decimal commas', ATTRIBUTES_CSV.replaceAll(',', ';').replaceAll(/;(-?1)/g, ';$1,0')],
    ['booleans', ATTRIBUTES_CSV.replaceAll(',-1', ',False').replaceAll(',1', ',True')],
    ['the index of pandas', lines.map((line, i) => `${i === 0 ? '' : i - 1},${line}`).join('\n')],
    [
      'an index by the name of pandas',
      lines.map((line, i) => `${i === 0 ? 'Unnamed: 0' : i},${line}`).join('\n'),
    ],
    ['ids without .jpg', withoutEndings(ATTRIBUTES_CSV)],
    ['ids as numbers', withoutEndings(ATTRIBUTES_CSV).replaceAll(/^0+/gm, '')],
    ['0 and 1', ATTRIBUTES_CSV.replaceAll('-1', '0')],
  ])('reads a csv with %s', async (_, csv) => {
    const folder = await make({
      'list_attr_celeba.csv': csv,
      'identity_CelebA.txt': IDENTITY_TEXT,
      'list_eval_partition.csv': `image_id;partition\n${withoutEndings(PARTITION_TEXT).replaceAll(' ', ';')}`,
      ...(await images('img_align_celeba/')),
    });
    const faces = await CelebA.open(folder);
    expect([faces.ids, faces.labels, [...faces.y], [...faces.groups!], faces.splits]).toEqual([
      IDS,
      LABELS,
      Y,
      IDENTITY,
      PARTS,
    ]);
  });

  it('takes the columns partition and identity of a joined csv for what they are, not for labels', async () => {
    const joined = lines.map(
      (line, i) => `${line},${i === 0 ? 'partition,identity' : `${i % 2},${IDENTITY[i - 1]}`}`,
    );
    const folder = await make({ 'list_attr_celeba.csv': joined.join('\n') });
    const faces = await CelebA.open(folder, { images: 'ignore' });
    expect([faces.labels, [...faces.y], [...faces.groups!]]).toEqual([LABELS, Y, IDENTITY]);
    expect(faces.splits).toEqual(IDS.map((_, i) => (i % 2 === 0 ? 'validation' : 'train')));
  });

  it('opens a file of attributes by its own path, whatever it is called', async () => {
    const folder = await make({ 'my faces.txt': ATTRIBUTES, 'identity_CelebA.txt': IDENTITY_TEXT });
    const faces = await CelebA.open(join(folder, 'my faces.txt'), { images: 'ignore' });
    expect([[...faces.y], [...faces.groups!]]).toEqual([Y, IDENTITY]);
    await writeFile(join(folder, 'metadata.jsonl'), '{}');
    await expect(CelebA.open(join(folder, 'metadata.jsonl'))).rejects.toThrow(
      /received metadata\.jsonl\. Open other label files with the readers of @thawjs\/datasets/,
    );
  });
});

describe('CelebA.open refuses', () => {
  it.each([
    [
      'an identity beyond 32 bits, which would be another person',
      'identity_CelebA.txt',
      IDENTITY_TEXT.replace('1017', '4294970233'),
      /line 6: .*"000006\.jpg 4294970233", which is not below 2\^31/,
    ],
    [
      'such an identity on the first line',
      'identity_CelebA.txt',
      IDENTITY_TEXT.replace(' 12', ' 4294970233'),
      /line 1: .*4294970233/,
    ],
    [
      'attributes of both -1 and 0',
      'list_attr_celeba.txt',
      ATTRIBUTES.replace('-1', ' 0'),
      /received -1, 0 and 1/,
    ],
  ])('%s', async (_, name, text, message) => {
    const folder = await make({ ...TEXTS, [name]: text });
    await expect(CelebA.open(folder, { images: 'ignore' })).rejects.toThrow(message);
    await expect(CelebA.open(folder, { images: 'ignore' })).rejects.toMatchObject({ name: 'LabelFileError' });
  });

  it('a csv of attributes that ends before the partition does', async () => {
    const folder = await make({
      'list_attr_celeba.csv': lines.slice(0, 4).join('\n'),
      'list_eval_partition.txt': PARTITION_TEXT,
    });
    await expect(CelebA.open(folder, { images: 'ignore' })).rejects.toThrow(
      /expected list_attr_celeba\.csv to have the 6 images that list_eval_partition\.txt has; it has 3, and 000004\.jpg is the first/,
    );
  });

  it('an unclosed quote, a csv of both -1 and 0, and options that are misspelt', async () => {
    const quoted = await make({ 'list_attr_celeba.csv': ATTRIBUTES_CSV.replace('000002', '"000002') });
    await expect(CelebA.open(quoted, { images: 'ignore' })).rejects.toMatchObject({ name: 'LabelFileError' });
    const both = await make({ 'list_attr_celeba.csv': ATTRIBUTES_CSV.replace('-1', '0') });
    await expect(CelebA.open(both, { images: 'ignore' })).rejects.toThrow(/received -1, 0 and 1/);
    await expect(CelebA.open(both, { image: 'ignore' } as object)).rejects.toThrow(/Did you mean "images"/);
  });

  it('a label file that inflates to more than the limit', async () => {
    const folder = await make({});
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'list_attr_celeba.txt.gz'), gzipSync(ATTRIBUTES));
    await expect(
      CelebA.open(folder, { images: 'ignore', limits: { inflatedBytes: 50 } }),
    ).rejects.toMatchObject({
      name: 'LimitExceededError',
      limit: 'inflatedBytes',
    });
    expect((await CelebA.open(folder, { images: 'ignore' })).length).toBe(6);
  });
});
