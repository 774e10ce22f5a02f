import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  decodeImage,
  fileImages,
  ImageDataset,
  memoryImages,
  openCoco,
  openCsv,
  openImageFolder,
  openParquet,
} from '../../src/index';
import { greyPngs } from '../grey-pngs';

const encode = (text: string) => new TextEncoder().encode(text);
const GREY = { width: 20, height: 10, channels: 3, background: '#808080' } as const;

let folder: string;
let outside: string;
let png: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-limits-'));
  outside = await mkdtemp(join(tmpdir(), 'thaw-outside-'));
  [png] = (await greyPngs(1)) as [Uint8Array];
  await writeFile(join(outside, 'secret.png'), png);
});
afterAll(() => Promise.all([folder, outside].map((path) => rm(path, { recursive: true }))));

describe('limits', () => {
  it('let a table begin with forty byte order marks', async () => {
    const { labels, y } = await openCsv(encode(`${'\uFEFF'.repeat(40)}file,x\na.png,1\n`));
    expect([labels, [...y]]).toEqual([['x'], [1]]);
    await expect(openCsv(encode(`${'\uFEFF'.repeat(4000)}<`))).rejects.toMatchObject({
      name: 'DatasetFileError',
    });
    await expect(openCsv(encode(`<html><title>${' '.repeat(4000)}`))).rejects.toMatchObject({
      name: 'DownloadPageError',
    });
  });

  it('stop a gzip that inflates to more than they allow, and can be raised', async () => {
    const zeros = gzipSync(`file,x\na.png,1\n${'\n'.repeat(100_000)}`);
    await expect(openCsv(zeros, { limits: { inflatedBytes: 1000 } })).rejects.toMatchObject({
      name: 'LimitExceededError',
      code: 'ERR_LIMIT_EXCEEDED',
      limit: 'inflatedBytes',
      message: expect.stringContaining('expected at most 1,000 bytes, inflated'),
    });
    expect((await openCsv(zeros, { limits: { inflatedBytes: Number.POSITIVE_INFINITY } })).length).toBe(1);
  });

  it('stop JSON lines of many keys, and tables of many cells', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `{"file_name":"${i}.png","k${i}":1}`).join('\n');
    await expect(openImageFolder([new File([lines], 'metadata.jsonl')])).rejects.toMatchObject({
      name: 'LimitExceededError',
      limit: 'cells',
    });
    await expect(
      openCsv(encode('file,x,y\na.png,1,1\nb.png,1,0\n'), { limits: { cells: 3 } }),
    ).rejects.toThrow(/at most 3 cells/);
    const named = { labels: { column: 'x' }, limits: { cells: 3 } };
    await expect(openCsv(encode('file,x\na.png,u\nb.png,v\n'), named)).rejects.toThrow(/received 2 × 2/);
  });

  it('stop JSON that is nested deeply', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    await expect(openCoco(encode(deep))).rejects.toMatchObject({ limit: 'depth' });
    const files = [new File([`{"file_name":"a.png","x":${deep}}`], 'metadata.jsonl')];
    await expect(openImageFolder(files)).rejects.toMatchObject({ limit: 'depth' });
    const cell = encode(`file\tx\na.png\t${deep}\n`);
    await expect(openCsv(cell, { labels: { column: 'x' } })).rejects.toMatchObject({
      name: 'DatasetFileError',
    });
  });

  it('stop images of too many pixels before they are decoded, on the calling thread and in others', async () => {
    const image = await sharp({ create: GREY }).webp().toBuffer();
    await expect(decodeImage(image, { pixels: 199 })).rejects.toMatchObject({ limit: 'pixels' });
    expect((await decodeImage(image, { pixels: 200 })).width).toBe(20);
    const records = { ids: ['a'], labels: ['x'], y: new Uint8Array(1) };
    const small = new ImageDataset({
      ...records,
      images: { ...memoryImages([image]), limits: { pixels: 5 } },
    });
    for (const workers of [0, 1]) {
      const pass = small.batches({ size: [2, 2], batchSize: 1, workers });
      await expect(pass.next()).rejects.toThrow(/expected at most 5 pixels; received 20×10/);
    }
    // a PNG whose header alone says that it is large
    const largest = Buffer.from(png);
    largest.writeUInt32BE(16_383, 16);
    largest.writeUInt32BE(16_383, 20);
    largest.writeUInt32BE(crc32(largest.subarray(12, 29)), 29);
    await expect(decodeImage(largest)).rejects.toMatchObject({ name: 'LimitExceededError', limit: 'pixels' });
  });

  it('stop a column of parquet that takes longer than they allow, and read the next one', async () => {
    // Enough rows that a thread can't have read the first column before a timer of a millisecond fires.
    const x = Array.from({ length: 100_000 }, (_, row) => row % 2);
    const table = parquetWriteBuffer({
      columnData: [
        { name: 'image', data: x.map(() => png), type: 'BYTE_ARRAY' },
        { name: 'x', data: x, type: 'INT32' },
      ],
    });
    const file = new Uint8Array(table);
    await expect(openParquet(file, { limits: { seconds: 1e-6 } })).rejects.toMatchObject({
      name: 'LimitExceededError',
      limit: 'seconds',
    });
    expect([...(await openParquet(file)).y]).toEqual(x);
  });

  it('refuse SVG, which is no format that is read', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg"><filter id="f"><feGaussianBlur stdDeviation="900"/></filter></svg>';
    await expect(decodeImage(encode(svg))).rejects.toThrow(/unsupported image format: expected JPEG/);
  });

  it('keep links and paths inside the folder, unless they are allowed out', async () => {
    await writeFile(join(folder, 'a.png'), png);
    await writeFile(join(folder, 'a.txt'), 'cat');
    await symlink(join(outside, 'secret.png'), join(folder, 'b.png'));
    await symlink(outside, join(folder, 'more'));
    await expect(openImageFolder(folder, { unlabelled: 'skip' })).rejects.toThrow(
      /2 symbolic links lead out of it/,
    );
    const followed = await openImageFolder(folder, { unlabelled: 'skip', outside: 'allow' });
    expect(followed.ids).toEqual(['a.png']);
    const table = (name: string) => encode(`file,x\n${name},1\n`);
    for (const name of ['b.png', 'more/secret.png']) {
      await expect(openCsv(table(name), { root: folder })).rejects.toThrow(/symbolic link that leads to/);
      expect((await openCsv(table(name), { root: folder, outside: 'allow' })).length).toBe(1);
    }
    const up = `../${outside.split('/').at(-1)}/secret.png`;
    await expect(openCsv(table(up), { root: folder })).rejects.toThrow(/expected images inside/);
    expect((await openCsv(table(up), { root: folder, outside: 'allow' })).length).toBe(1);
  });

  it('take no pipe for an image, as reading it would never end, nor a link to one', async () => {
    const pipes = await mkdtemp(join(folder, 'pipes-'));
    await writeFile(join(pipes, 'a.png'), png);
    await writeFile(join(pipes, 'a.txt'), 'cat');
    execFileSync('mkfifo', [join(pipes, 'b.png')]);
    await symlink('b.png', join(pipes, 'c.png'));
    expect((await openImageFolder(pipes)).ids).toEqual(['a.png']);
    for (const name of ['b.png', 'c.png']) {
      const table = encode(`file,x\n${name},1\n`);
      await expect(openCsv(table, { root: pipes })).rejects.toMatchObject({ name: 'MissingImagesError' });
    }
  });

  it('do not go round in a link to the folder itself, and stop at folders nested deeply', async () => {
    const round = await mkdtemp(join(folder, 'round-'));
    await writeFile(join(round, 'a.png'), png);
    await writeFile(join(round, 'a.txt'), 'cat');
    await symlink(round, join(round, 'again'));
    expect((await openImageFolder(round)).ids).toEqual(['a.png']);
    await mkdir(join(round, 'x/x/x/x/x'), { recursive: true });
    await expect(openImageFolder(round, { limits: { depth: 3 } })).rejects.toMatchObject({ limit: 'depth' });
  });

  it('never leave a whole data set out because no image could be read', async () => {
    const images = fileImages([join(folder, 'nowhere'), join(folder, 'nothing')]);
    const none = new ImageDataset({ ids: ['a', 'b'], labels: ['x'], y: new Uint8Array(2), images });
    await expect(none.withoutCorrupt()).rejects.toMatchObject({ name: 'MissingImagesError' });
  });
});
