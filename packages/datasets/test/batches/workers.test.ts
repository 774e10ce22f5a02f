import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BatchOptions, fileImages, ImageDataset, type ImageSource, memoryImages } from '../../src/index';
import { gradientPngs } from '../gradient-pngs';

const ROWS = 60;
let files: Uint8Array[];
let folder: string;
let paths: string[];

beforeAll(async () => {
  files = await gradientPngs(ROWS);
  folder = await mkdtemp(join(tmpdir(), 'thaw-workers-'));
  paths = files.map((_, i) => join(folder, `${i}.png`));
  await Promise.all(paths.map((path, i) => writeFile(path, files[i])));
});

afterAll(() => rm(folder, { recursive: true }));

const dataset = (images: ImageSource) =>
  new ImageDataset({
    ids: Array.from({ length: ROWS }, (_, i) => `${i}.png`),
    labels: ['x'],
    y: new Uint8Array(ROWS),
    images,
  });
const everything = {
  flip: true,
  rotation: 0.1,
  zoom: 0.2,
  translation: 0.1,
  brightness: 0.2,
  contrast: 0.2,
  saturation: 0.2,
  hue: 0.1,
  erasing: 0.5,
  randAugment: true,
};

const collect = async (from: ImageDataset, options: Partial<BatchOptions>) => {
  const batches = [];
  for await (const { rows, pixels } of from.batches({ size: [9, 7], batchSize: 8, ...options })) {
    batches.push({ rows: [...rows], pixels: Buffer.from(pixels).toString('hex') });
  }
  return batches;
};

describe('batches in worker threads', () => {
  it('give the same bytes as the calling thread, whatever their number and where the images lie', async () => {
    const augmented = dataset(memoryImages(files)).augment(everything).crop('cover');
    const options = { shuffle: true, seed: 3, epoch: 2 };
    const here = await collect(augmented, { ...options, workers: 0 });
    expect(await collect(augmented, { ...options, workers: 1 })).toEqual(here);
    expect(await collect(augmented, { ...options, workers: 3, prefetch: 5 })).toEqual(here);
    const onDisk = dataset(fileImages(paths)).augment(everything).crop('cover');
    expect(await collect(onDisk, { ...options, workers: 3 })).toEqual(here);
  });

  it('give the right bytes to passes of two sizes side by side, though images are damaged in between', async () => {
    const cut = dataset(memoryImages(files.map((file, i) => (i % 7 === 3 ? file.subarray(0, 60) : file))));
    const options = { corrupt: 'skip', workers: 2 } as const;
    const sizes = [
      [9, 7],
      [6, 5],
      [9, 7],
    ] as const;
    const together = await Promise.all(sizes.map((size) => collect(cut, { ...options, size })));
    for (const [pass, size] of sizes.entries()) {
      expect(together[pass]).toEqual(await collect(cut, { ...options, size, workers: 0 }));
    }
  });

  it('name the image that they cannot read or decode', async () => {
    const cut = dataset(memoryImages(files.map((file, i) => (i === 20 ? file.subarray(0, 60) : file))));
    await expect(collect(cut, { workers: 1 })).rejects.toMatchObject({
      name: 'ImageDecodeError',
      id: '20.png',
    });
    await expect(collect(cut, { workers: 1 })).rejects.toThrow(/memory, image 20\): could not decode it: /);
    const gone = dataset(fileImages(paths.map((path, i) => (i === 5 ? `${path}.gone` : path))));
    await expect(collect(gone, { workers: 1 })).rejects.toThrow(/5\.png\.gone\): could not read it: ENOENT/);
  });

  it('skip what is corrupt just as the calling thread does', async () => {
    const cut = dataset(memoryImages(files.map((file, i) => (i % 9 === 4 ? file.subarray(0, 60) : file))));
    const names = async (workers: number) => {
      const skipped: string[] = [];
      const batches = await collect(cut, {
        workers,
        corrupt: 'skip',
        onCorrupt: ({ id }) => skipped.push(id),
      });
      return { skipped, batches };
    };
    const inThreads = await names(1);
    expect(inThreads).toEqual(await names(0));
    expect(inThreads.skipped).toEqual(['4.png', '13.png', '22.png', '31.png', '40.png', '49.png', '58.png']);
  });

  it('stop with the signal’s reason, and work again afterwards', async () => {
    const abort = new AbortController();
    const pass = dataset(memoryImages(files)).batches({
      size: [9, 7],
      batchSize: 4,
      workers: 1,
      signal: abort.signal,
    });
    await pass.next();
    abort.abort(new Error('enough'));
    await expect(pass.next()).rejects.toThrow('enough');
    expect(await collect(dataset(memoryImages(files)), { workers: 1 })).toHaveLength(8);
  });

  it('read no more ahead than the batches they may prepare', async () => {
    let reads = 0;
    const counted: ImageSource = {
      ...memoryImages(files),
      read: async (index) => {
        reads++;
        return files[index];
      },
    };
    const pass = dataset(counted).batches({ size: [9, 7], batchSize: 5, prefetch: 2, workers: 1 });
    await pass.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(reads).toBe(15);
    await pass.return();
  });
});
