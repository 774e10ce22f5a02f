import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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
  zipOf,
} from './made-celeba';

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

const make = async (files: Record<string, string | Uint8Array>, path = '') => {
  const folder = await folderOf(files);
  folders.push(folder);
  return join(folder, path);
};

/** That the six made-up images are there, each the right one, with their labels. */
async function expectWhole(faces: CelebA) {
  expect(faces.ids).toEqual(IDS);
  expect(faces.labels).toEqual(LABELS);
  expect([...faces.y]).toEqual(Y);
  for (const [row, id] of IDS.entries()) {
    const { data, width, height } = await faces.image(row);
    expect([width, height]).toEqual([8, 10]);
    expect(Math.abs(data[0] - 40 * Number.parseInt(id, 10))).toBeLessThanOrEqual(1);
  }
}

describe('CelebA.open finds the images', () => {
  it.each([
    ['in img_align_celeba/', 'img_align_celeba/'],
    ['in img_align_celeba/img_align_celeba/, as Kaggle nests them', 'img_align_celeba/img_align_celeba/'],
    ['flat beside the label files', ''],
    ['in Img/img_align_celeba/', 'Img/img_align_celeba/'],
  ])('%s', async (_, prefix) => {
    await expectWhole(await CelebA.open(await make({ ...TEXTS, ...(await images(prefix)) })));
  });

  it.each([
    ['stored', { level: 0 }],
    ['deflated', { level: 6 }],
    ['zip64', { zip64: true }],
  ])('in img_align_celeba.zip, %s, by the folder or by the zip itself', async (_, options) => {
    const zip = await zipOf(await images('img_align_celeba/'), options);
    const folder = await make({ ...TEXTS, 'img_align_celeba.zip': zip });
    await expectWhole(await CelebA.open(folder));
    await expectWhole(await CelebA.open(join(folder, 'img_align_celeba.zip')));
  });

  it.each([
    ['nested twice', 'img_align_celeba/img_align_celeba/'],
    ['flat', ''],
  ])('in a zip, %s, with the label files in it too', async (_, prefix) => {
    const csv = { 'list_attr_celeba.csv': ATTRIBUTES_CSV, 'list_eval_partition.txt': PARTITION_TEXT };
    const zip = await zipOf({ ...csv, ...(await images(prefix)) }, { level: 6 });
    await expectWhole(await CelebA.open(await make({ 'archive.zip': zip }, 'archive.zip')));
  });

  it('in the official drive’s Img/, Anno/ and Eval/, by the folder or by the zip', async () => {
    const zip = await zipOf(await images('img_align_celeba/'));
    const folder = await make({
      'Anno/list_attr_celeba.txt': ATTRIBUTES,
      'Anno/identity_CelebA.txt': IDENTITY_TEXT,
      'Eval/list_eval_partition.txt': PARTITION_TEXT,
      'Img/img_align_celeba.zip': zip,
    });
    for (const path of [folder, join(folder, 'Img'), join(folder, 'Img/img_align_celeba.zip')]) {
      const faces = await CelebA.open(path);
      await expectWhole(faces);
      expect(faces.split({ by: 'official' }).test.length).toBe(2);
      expect([...faces.groups!]).toEqual(IDENTITY);
    }
  });

  it('in the folder of images itself, the label files beside it', async () => {
    await expectWhole(
      await CelebA.open(await make({ ...TEXTS, ...(await images('img_align_celeba/')) }, 'img_align_celeba')),
    );
  });

  it('as the aligned PNGs, whose labels are by .jpg names', async () => {
    const pngs = await images(
      'img_align_celeba/',
      IDS.map((id) => id.replace('.jpg', '.png')),
    );
    await expectWhole(await CelebA.open(await make({ ...TEXTS, ...pngs })));
  });

  it('past what an archiver leaves in a zip', async () => {
    const files = {
      'img_align_celeba/': '',
      ...(await images('img_align_celeba/')),
      '__MACOSX/img_align_celeba/000001.jpg': 'resource fork',
      'README.txt': 'one',
      'docs/README.txt': 'another',
    };
    const zip = await zipOf(files);
    await expectWhole(await CelebA.open(await make({ ...TEXTS, 'img_align_celeba.zip': zip })));
  });
});

describe('CelebA.open reads the labels', () => {
  const attributes = (text: string | Uint8Array, name = 'list_attr_celeba.txt') => ({ [name]: text });

  it.each([
    ['as they are on the official drive', attributes(ATTRIBUTES)],
    ['gzipped', attributes(gzipSync(ATTRIBUTES), 'list_attr_celeba.txt.gz')],
    ['with LF', attributes(ATTRIBUTES.replaceAll('\r', ''))],
    ['without the count', attributes(ATTRIBUTES.replace(/^.*\r\n/, ''))],
    ['without a line break at the end', attributes(ATTRIBUTES.trimEnd())],
    ['with single spaces', attributes(ATTRIBUTES.replaceAll(/ +/g, ' '))],
    ['with tabs', attributes(ATTRIBUTES.replaceAll(/ +/g, '\t'))],
    ['with empty lines at the end', attributes(`${ATTRIBUTES}\r\n  \r\n`)],
    ['with 0 for −1', attributes(ATTRIBUTES.replaceAll('-1', '0'))],
    ['with an id column in the header', attributes(ATTRIBUTES.replace('Bald', 'image_id Bald'))],
    ['with a byte order mark', attributes(ATTRIBUTES.replace(/^6\r\n/, '\uFEFF'))],
    ['as Kaggle’s csv', attributes(ATTRIBUTES_CSV, 'list_attr_celeba.csv')],
    ['as a csv of 0 and 1', attributes(ATTRIBUTES_CSV.replaceAll('-1', '0'), 'list_attr_celeba.csv')],
    ['as a csv with CRLF', attributes(ATTRIBUTES_CSV.replaceAll('\n', '\r\n'), 'list_attr_celeba.csv')],
    ['as a gzipped csv', attributes(gzipSync(ATTRIBUTES_CSV), 'list_attr_celeba.csv.gz')],
  ])('%s', async (_, files) => {
    const faces = await CelebA.open(await make(files), { images: 'ignore' });
    expect(faces.ids).toEqual(IDS);
    expect(faces.labels).toEqual(LABELS);
    expect([...faces.y]).toEqual(Y);
    expect([faces.splits, faces.groups]).toEqual([undefined, undefined]);
  });

  it.each([
    ['text', PARTITION_TEXT, IDENTITY_TEXT, 'txt'],
    [
      'csv',
      `image_id,partition\n${PARTITION_TEXT.replaceAll(' ', ',')}`,
      IDENTITY_TEXT.replaceAll(' ', ','),
      'csv',
    ],
    [
      'another order of rows',
      PARTITION_TEXT.split(/(?<=\n)/)
        .reverse()
        .join(''),
      `${IDENTITY_TEXT}999999.jpg 5\n`,
      'txt',
    ],
  ])('with split and identities as %s', async (_, partition, identity, ending) => {
    const faces = await CelebA.open(
      await make({
        'list_attr_celeba.txt': ATTRIBUTES,
        [`list_eval_partition.${ending}`]: partition,
        [`identity_CelebA.${ending}`]: identity,
      }),
      { images: 'ignore' },
    );
    expect(faces.splits).toEqual(['train', 'train', 'train', 'validation', 'test', 'test']);
    expect([...faces.groups!]).toEqual(IDENTITY);
    const { train, validation, test } = faces.split({
      by: 'identity',
      fractions: { train: 0.5, validation: 0.25, test: 0.25 },
    });
    expect(train.length + validation.length + test.length).toBe(6);
  });

  it('alone, without touching the images', async () => {
    const faces = await CelebA.open(await make({ ...TEXTS, 'img_align_celeba.zip': 'not a zip' }), {
      images: 'ignore',
    });
    expect(faces.length).toBe(6);
    await expect(faces.image(0)).rejects.toThrow('image: this dataset was made without images');
  });
});
