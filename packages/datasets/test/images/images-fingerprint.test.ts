import { cp, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileImages, ImageDataset, memoryImages } from '../../src/index';
import { greyPngs } from '../grey-pngs';

let files: Uint8Array[];
let folder: string;
let paths: string[];

beforeAll(async () => {
  files = await greyPngs(3);
  folder = await mkdtemp(join(tmpdir(), 'thaw-fingerprint-'));
  paths = files.map((_, i) => join(folder, `${i}.png`));
  for (const [i, path] of paths.entries()) await writeFile(path, files[i]);
});

afterAll(() => rm(folder, { recursive: true }));

const records = () => ({
  ids: ['a', 'b', 'c'],
  labels: ['Bald'],
  y: new Uint8Array(3),
  images: fileImages(paths),
});
const dataset = () => new ImageDataset(records());
const of = (images: ImageDataset) => images.fingerprint!();

describe('the fingerprint of a dataset’s images', () => {
  it('is the same for the same files, whenever they are opened', async () => {
    expect(await of(dataset())).toBe(await of(dataset()));
  });

  it('changes with a file’s content, with its times, and where one takes another’s place', async () => {
    const before = await of(dataset());
    const seen = new Set([before]);
    await writeFile(paths[1], Buffer.concat([files[1], Buffer.alloc(1)]));
    seen.add(await of(dataset()));
    await utimes(paths[1], 1, 1);
    seen.add(await of(dataset()));
    await cp(paths[0], paths[1], { preserveTimestamps: true });
    seen.add(await of(dataset()));
    await writeFile(paths[1], files[1]);
    expect(seen.size).toBe(4);
  });

  it('changes with the rows, their order and the part of the images that is shown, and not with labels and augmentation', async () => {
    const all = dataset();
    const one = await of(all);
    const others = [
      all.select([0, 1]),
      all.select([2, 1, 0]),
      all.crop('cover'),
      all.crop({ left: 0, top: 0, width: 2, height: 2 }),
    ];
    const texts = await Promise.all(others.map(of));
    expect(new Set([one, ...texts]).size).toBe(5);
    expect(await of(all.augment({ flip: true }))).toBe(one);
    expect(await of(new ImageDataset({ ...records(), y: new Uint8Array([1, 1, 1]) }))).toBe(one);
  });

  it('is made of what an image source tells, where it tells it', async () => {
    const told = (crc: number) =>
      new ImageDataset({
        ...records(),
        images: { ...memoryImages(files), fingerprint: (index) => `${crc + index}` },
      });
    expect(await of(told(7))).toBe(await of(told(7)));
    expect(await of(told(7))).not.toBe(await of(told(8)));
  });

  it('isn’t there where nothing tells that an image has changed', () => {
    expect(new ImageDataset({ ...records(), images: memoryImages(files) }).fingerprint).toBeUndefined();
    const { images: _, ...labels } = records();
    expect(new ImageDataset(labels).fingerprint).toBeUndefined();
  });

  it('fails where a file is gone, rather than telling nothing', async () => {
    const gone = new ImageDataset({
      ...records(),
      images: fileImages([...paths.slice(0, 2), join(folder, 'none')]),
    });
    await expect(of(gone)).rejects.toThrow('ENOENT');
  });
});

it('a dataset’s order is that of its shuffled batches', async () => {
  const images = dataset();
  for (const epoch of [0, 1, 5]) {
    const rows: number[] = [];
    for await (const batch of images.batches({ size: [2, 2], batchSize: 2, shuffle: true, seed: 3, epoch })) {
      rows.push(...batch.rows);
    }
    expect(Array.from(images.order({ seed: 3, epoch }))).toEqual(rows);
  }
});
