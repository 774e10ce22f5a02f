import { beforeAll, describe, expect, it } from 'vitest';
import { type BatchOptions, ImageDataset, type MixOptions, memoryImages, mixImages } from '../../src/index';
import { greyPngs } from '../grey-pngs';

const ROWS = 30;
let files: Uint8Array[];

beforeAll(async () => {
  files = await greyPngs(ROWS);
});

/** Image i is grey of value i and has label i mod 3, so that a mix shows what it is of. */
const dataset = () =>
  new ImageDataset({
    ids: files.map((_, i) => `${i}`),
    labels: ['a', 'b', 'c'],
    y: Uint8Array.from({ length: ROWS * 3 }, (_, i) => +(i % 3 === Math.floor(i / 3) % 3)),
    images: memoryImages(files),
  });
const collect = async (mix: MixOptions, options: Partial<BatchOptions> = {}) => {
  const images: { row: number; pixels: number[]; y: number[]; lambda: number }[] = [];
  for await (const { rows, pixels, y, lambda } of mixImages(dataset(), mix).batches({
    size: [20, 20],
    batchSize: 8,
    ...options,
  })) {
    rows.forEach((row, i) => {
      images.push({
        row,
        pixels: [...pixels.subarray(i * 1200, (i + 1) * 1200)],
        y: [...y.subarray(i * 3, (i + 1) * 3)],
        lambda: lambda[i],
      });
    });
  }
  return images;
};

describe('mixImages', () => {
  it('blends each image with the one before it, pixels and labels by the same λ', async () => {
    const images = await collect({ mixup: 1 });
    expect(images[0]).toMatchObject({ row: 0, lambda: 1, y: [1, 0, 0] });
    for (const { row, pixels, y, lambda } of images.slice(1)) {
      // neighbours differ by one grey level
      expect(new Set(pixels).size).toBe(1);
      expect(Math.abs(pixels[0] - (row - 1 + lambda))).toBeLessThanOrEqual(0.5 + 1e-6);
      expect(y[row % 3]).toBeCloseTo(lambda, 6);
      expect(y[(row - 1) % 3]).toBeCloseTo(1 - lambda, 6);
      expect(y.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
    }
  });

  it('cuts a rectangle out of the one before it, λ being the area that is left', async () => {
    const images = await collect({ cutmix: 1 });
    for (const { row, pixels, y, lambda } of images.slice(1)) {
      const own = pixels.filter((value) => value === row).length;
      const other = pixels.filter((value) => value === row - 1).length;
      expect(own + other).toBe(1200);
      expect(own / 1200).toBeCloseTo(lambda, 6);
      expect(y[row % 3]).toBeCloseTo(lambda, 6);
    }
    expect(new Set(images.map(({ lambda }) => lambda)).size).toBeGreaterThan(15);
  });

  it('knows of a mix only the labels that are known of both images', async () => {
    const half = dataset().map({ a: (row) => (row.row % 4 === 1 ? undefined : row.has('a')) });
    const known: number[] = [];
    for await (const batch of mixImages(half, { mixup: 1 }).batches({ size: [2, 2], batchSize: 8 })) {
      known.push(...batch.known!);
    }
    expect(known).toEqual(Array.from({ length: ROWS }, (_, row) => +(row % 4 !== 1 && row % 4 !== 2)));
  });

  it('keeps which labels of the data set are known, from which base rates and weights are counted', () => {
    const half = dataset().map({ a: (row) => (row.row % 4 === 1 ? undefined : row.has('a')) });
    expect(mixImages(half, { mixup: 1 }).known).toEqual(half.known);
    expect(half.known).toEqual(Uint8Array.from({ length: ROWS }, (_, row) => +(row % 4 !== 1)));
    expect('known' in mixImages(dataset(), { mixup: 1 })).toBe(false);
  });

  it('refuses options that it does not have', () => {
    expect(() => mixImages(dataset(), { mixup: 0.2, cutMix: 1 } as never)).toThrow(
      'mixImages: expected options among mixup, cutmix, probability; received "cutMix". Did you mean "cutmix"?',
    );
  });

  it('gives an image the same mix whatever the batch size and the workers', async () => {
    const options = { shuffle: true, seed: 4, epoch: 1 };
    const one = await collect({ mixup: 0.4, cutmix: 1 }, { ...options, batchSize: 1 });
    expect(await collect({ mixup: 0.4, cutmix: 1 }, { ...options, batchSize: 30, workers: 2 })).toEqual(one);
    expect(await collect({ mixup: 0.4, cutmix: 1 }, { ...options, epoch: 2 })).not.toEqual(one);
  });

  it('skips batches, and mixes the first one that is left with the last image before it', async () => {
    const options = { shuffle: true, seed: 4, epoch: 1, batchSize: 7 };
    const all = await collect({ mixup: 1, cutmix: 1 }, options);
    for (const skip of [0, 1, 3, 5]) {
      expect(await collect({ mixup: 1, cutmix: 1 }, { ...options, skip })).toEqual(all.slice(7 * skip));
    }
  });

  it('skips the same images if some are corrupt, or if the dataset under it can skip none', async () => {
    const options = { size: [20, 20], batchSize: 4, corrupt: 'skip' } as const;
    const damaged = new ImageDataset({
      ids: files.map((_, i) => `${i}`),
      labels: ['a'],
      y: new Uint8Array(ROWS),
      images: memoryImages(
        files.map((file, i) => (i > 2 && i < 9 ? new TextEncoder().encode('<html>') : file)),
      ),
    });
    const rowsOf = async (skip: number, told: string[] = []) => {
      const batches: [number[], number][] = [];
      const onCorrupt = ({ id }: { id: string }) => told.push(id);
      for await (const { rows, pixels } of mixImages(damaged, { mixup: 1 }).batches({
        ...options,
        skip,
        onCorrupt,
      })) {
        batches.push([[...rows], pixels[0]]);
      }
      return batches;
    };
    const all = await rowsOf(0);
    // The second batch has no image that can be read.
    expect(all.slice(0, 2).map(([rows]) => rows)).toEqual([
      [0, 1, 2],
      [9, 10, 11],
    ]);
    expect(await rowsOf(1)).toEqual(all.slice(1));
    const told: string[] = [];
    expect(await rowsOf(2, told)).toEqual(all.slice(1));
    expect(told).toEqual(['8']);

    const { ids, labels, y } = damaged;
    const unskipping = {
      length: ROWS,
      ids,
      labels,
      y,
      batches: ({ skip: _, ...asked }: BatchOptions) => damaged.batches(asked),
    };
    const mixed = mixImages(unskipping, { mixup: 1 }).batches({ ...options, skip: 2 });
    const { value } = await mixed.next();
    expect(value).toMatchObject({ rows: Int32Array.of(9, 10, 11) });
  });

  it('draws λ from Beta(α, α): near 0 or 1 for a small α, near ½ for a large one', async () => {
    const spread = async (mixup: number) =>
      (await collect({ mixup })).slice(1).map(({ lambda }) => Math.abs(lambda - 0.5));
    expect(Math.min(...(await spread(0.01)))).toBeGreaterThan(0.1);
    expect(Math.max(...(await spread(1000)))).toBeLessThan(0.1);
  });

  it('mixes its share of the images', async () => {
    expect((await collect({ mixup: 1, probability: 0 })).every(({ lambda }) => lambda === 1)).toBe(true);
    const mixed = (await collect({ mixup: 1, probability: 0.5 })).filter(({ lambda }) => lambda < 1).length;
    expect(mixed).toBeGreaterThan(5);
    expect(mixed).toBeLessThan(25);
  });

  it('is an augmentation, even of a dataset without', () => {
    expect(mixImages(dataset(), { mixup: 0.2 }).augmentation).toMatchObject({ mixup: 0.2 });
  });

  it.each([{}, { mixup: -1 }, { cutmix: Number.NaN }, { mixup: 1, probability: 2 }])(
    'refuses %o',
    (options) => {
      expect(() => mixImages(dataset(), options)).toThrow(/mixImages: expected/);
    },
  );
});
