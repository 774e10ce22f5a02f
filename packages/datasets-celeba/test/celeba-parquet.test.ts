import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, describe, expect, it } from 'vitest';
import { CelebA } from '../src/index';
import { folderOf } from './made-celeba';
import { table } from './made-parquet';

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));
const make = async (files: Record<string, Uint8Array>) => {
  const folder = await folderOf(files);
  folders.push(folder);
  return folder;
};

describe('CelebA.open reads parquet files', () => {
  it.each([
    ['in the folder', ''],
    ['in data/', 'data/'],
  ])('%s, their parts by name, with attributes in the official order', async (_, prefix) => {
    const folder = await make({
      [`${prefix}train-00000-of-00002.parquet`]: table(0, 2),
      [`${prefix}train-00001-of-00002.parquet`]: table(2, 4),
      [`${prefix}valid-00000-of-00001.parquet`]: table(4, 5),
      [`${prefix}test-00000-of-00001.parquet`]: table(5, 6),
    });
    const faces = await CelebA.open(folder);
    expect(faces).toBeInstanceOf(CelebA);
    expect(faces.labels).toEqual(['Bald', 'Smiling']);
    // the files are taken in the order of their names: test, train, valid
    expect(faces.splits).toEqual(['test', 'train', 'train', 'train', 'train', 'validation']);
    expect([...faces.groups!]).toEqual([1002, 1000, 1000, 1001, 1001, 1002]);
    expect([...faces.y]).toEqual([1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1]);
    for (const [row, face] of [5, 0, 1, 2, 3, 4].entries()) {
      expect(Math.abs((await faces.image(row)).data[0] - 40 * (face + 1))).toBeLessThanOrEqual(1);
    }
    expect(faces.split({ by: 'official' }).test.length).toBe(1);
  });

  it('with −1 and 1, without identities, by the file alone', async () => {
    const folder = await make({ 'faces.parquet': table(0, 6, { signed: true, id: false }) });
    const faces = await CelebA.open(join(folder, 'faces.parquet'), { images: 'ignore' });
    expect([...faces.y]).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0]);
    expect([faces.groups, faces.splits]).toEqual([undefined, undefined]);
    await expect(faces.image(0)).rejects.toThrow('made without images');
  });

  it('refuses other parquet files, and what parquet has not', async () => {
    const columnData: ColumnSource[] = [{ name: 'text', data: ['a'], type: 'STRING' }];
    const other = await make({ 'a.parquet': new Uint8Array(parquetWriteBuffer({ columnData })) });
    await expect(CelebA.open(other)).rejects.toMatchObject({
      name: 'LabelFileError',
      message: expect.stringContaining('in a.parquet; found text'),
    });
    const faces = await make({ 'a.parquet': table(0, 6) });
    await expect(CelebA.open(faces, { verify: true })).rejects.toThrow(
      /parquet files have no landmarks, boxes or published md5/,
    );
    const page = await make({
      'a.parquet': new TextEncoder().encode('<!DOCTYPE html><title>Log in</title>'),
    });
    await expect(CelebA.open(page)).rejects.toMatchObject({ name: 'DownloadPageError' });
  });
});
