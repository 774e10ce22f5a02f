import { beforeAll, describe, expect, it } from 'vitest';
import { type BatchOptions, ImageDataset, type ImageSource, memoryImages } from '../../src/index';
import { gradientPngs } from '../gradient-pngs';
import { greyPngs } from '../grey-pngs';

const SIZE = [4, 4] as const;
let files: Uint8Array[];

beforeAll(async () => {
  files = await greyPngs(50);
});

const dataset = (images: ImageSource = memoryImages(files), rows = files.length) =>
  new ImageDataset({
    ids: Array.from({ length: rows }, (_, i) => `${i}.png`),
    labels: ['odd', 'third'],
    y: Uint8Array.from({ length: rows * 2 }, (_, i) => +((i >> 1) % (i % 2 ? 3 : 2) === 1)),
    images,
  });

const collect = async (from: ImageDataset, options: Partial<BatchOptions> = {}) => {
  const batches = [];
  for await (const batch of from.batches({ size: SIZE, batchSize: 8, ...options })) batches.push(batch);
  return batches;
};

/** A source that counts how many reads are under way, and how many there were. */
function counted(delayMs = 1) {
  const state = { running: 0, most: 0, total: 0 };
  const images: ImageSource = {
    read: async (index) => {
      state.total++;
      state.most = Math.max(state.most, ++state.running);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      state.running--;
      return files[index % files.length];
    },
    locate: (index) => `#${index}`,
  };
  return { state, images };
}

describe('batches', () => {
  it('gives every row once, in order, with its image and its labels, the rest in a smaller last batch', async () => {
    const batches = await collect(dataset());
    expect(batches.map(({ shape }) => shape)).toEqual([...Array(6).fill([8, 4, 4, 3]), [2, 4, 4, 3]]);
    expect(batches.flatMap(({ rows }) => [...rows])).toEqual(Array.from({ length: 50 }, (_, i) => i));
    for (const { rows, pixels, y } of batches) {
      rows.forEach((row, i) => {
        expect(new Set(pixels.subarray(i * 48, (i + 1) * 48))).toEqual(new Set([row]));
        expect([...y.subarray(i * 2, i * 2 + 2)]).toEqual([+(row % 2 === 1), +(row % 3 === 1)]);
      });
    }
  });

  it('keeps row numbers and images together in a selection', async () => {
    const [batch] = await collect(dataset().select([7, 3, 7]));
    expect([...batch.rows]).toEqual([0, 1, 2]);
    expect([batch.pixels[0], batch.pixels[48], batch.pixels[96]]).toEqual([7, 3, 7]);
  });

  it('shuffles by seed and epoch, and each pass has every row', async () => {
    const order = async (options: Partial<BatchOptions>) =>
      (await collect(dataset(), { shuffle: true, ...options })).flatMap(({ rows }) => [...rows]);
    const first = await order({});
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(await order({})).toEqual(first);
    expect(await order({ epoch: 1 })).not.toEqual(first);
    expect(await order({ seed: 1 })).not.toEqual(first);
    expect(await order({ batchSize: 3 })).toEqual(first);
  });

  it('augments an image alike whatever the batch size, the order, the prefetch and the other rows', async () => {
    const augmented = dataset(memoryImages(await gradientPngs(50))).augment({
      flip: true,
      rotation: 0.1,
      zoom: 0.2,
    });
    const images = async (from: ImageDataset, options: Partial<BatchOptions>) => {
      const byId = new Map<string, string>();
      for (const { rows, pixels } of await collect(from, options)) {
        rows.forEach((row, i) => {
          byId.set(from.ids[row], Buffer.from(pixels.subarray(i * 48, (i + 1) * 48)).toString('hex'));
        });
      }
      return byId;
    };
    const one = await images(augmented, { batchSize: 1, prefetch: 0 });
    expect(await images(augmented, { batchSize: 16, shuffle: true, prefetch: 4 })).toEqual(one);
    const few = await images(
      augmented.filter(({ row }) => row % 7 === 0),
      {},
    );
    for (const [id, pixels] of few) expect(pixels).toBe(one.get(id));
    expect(await images(augmented, { epoch: 1 })).not.toEqual(one);
    expect(await images(augmented.augment({}), {})).not.toEqual(one);
  });

  it('skips batches without reading them; the others are the same', async () => {
    const augmented = dataset(memoryImages(await gradientPngs(50))).augment({ flip: true, rotation: 0.2 });
    const options = { shuffle: true, seed: 3, epoch: 2 };
    const all = await collect(augmented, options);
    for (const skip of [0, 1, 4, 6])
      expect(await collect(augmented, { ...options, skip })).toEqual(all.slice(skip));
    expect(await collect(augmented, { ...options, skip: 7 })).toEqual([]);
    const { state, images } = counted();
    await collect(dataset(images), { skip: 5 });
    expect(state.total).toBe(10);
  });

  it('gives nothing for no rows', async () => {
    expect(await collect(dataset().select([]))).toEqual([]);
  });

  it('reads nothing before it is asked, and no more than it may hold ahead', async () => {
    const { state, images } = counted();
    const pass = dataset(images).batches({ size: SIZE, batchSize: 5, prefetch: 2 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(state.total).toBe(0);
    await pass.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(state.total).toBe(15);
    await pass.return();
  });

  it('with prefetch 0 makes each batch when it is asked for', async () => {
    const { state, images } = counted();
    const pass = dataset(images).batches({ size: SIZE, batchSize: 5, prefetch: 0 });
    await pass.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(state.total).toBe(5);
    await pass.return();
  });

  it('decodes several images at once, but not all', async () => {
    const { state, images } = counted(5);
    await collect(dataset(images), { batchSize: 50 });
    expect(state.most).toBeGreaterThan(1);
    expect(state.most).toBeLessThanOrEqual(8);
  });

  it('stops when the loop is left, with no work left behind', async () => {
    const { state, images } = counted();
    for await (const batch of dataset(images).batches({ size: SIZE, batchSize: 5 })) {
      if (batch.rows[0] === 5) break;
    }
    const { total } = state;
    expect(state.running).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(state.total).toBe(total);
    expect(total).toBeLessThan(50);
  });

  it('stops when the signal aborts, with the signal’s reason', async () => {
    const { state, images } = counted(20);
    const abort = new AbortController();
    const pass = dataset(images).batches({ size: SIZE, batchSize: 25, signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 30);
    await expect(pass.next()).rejects.toThrow('enough');
    expect(state.running).toBe(0);
    expect(state.total).toBeLessThan(25);
    expect(await pass.next()).toEqual({ done: true, value: undefined });
  });

  it('starts nothing for a signal that is aborted already', async () => {
    const { state, images } = counted();
    const pass = dataset(images).batches({ size: SIZE, batchSize: 5, signal: AbortSignal.abort() });
    await expect(pass.next()).rejects.toThrow(/abort/i);
    expect(state.total).toBe(0);
  });

  it.each([
    [
      'is no image',
      () => new TextEncoder().encode('<html>'),
      /could not decode it: .*unsupported image format/,
    ],
    ['is cut off', (file: Uint8Array) => file.subarray(0, 60), /could not decode it/],
    ['is empty', () => new Uint8Array(0), /could not read it: the file is empty/],
  ])('names the image that %s, at its batch', async (_, damage, reason) => {
    const damaged = files.map((file, i) => (i === 17 ? damage(file) : file));
    const seen: number[] = [];
    const loop = async () => {
      for await (const batch of dataset(memoryImages(damaged)).batches({ size: SIZE, batchSize: 5 })) {
        seen.push(batch.rows[0]);
      }
    };
    const error = await loop().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ImageDecodeError', code: 'ERR_IMAGE_DECODE', id: '17.png' });
    expect((error as Error).message).toMatch(/^image "17.png" \(memory, image 17\): /);
    expect((error as Error).message).toMatch(reason);
    expect(seen).toEqual([0, 5, 10]);
  });

  it('leaves corrupt images out by option, and tells which, at their batch', async () => {
    const damaged = files.map((file, i) =>
      i === 3 || (i >= 10 && i < 15) ? new TextEncoder().encode('<html>') : file,
    );
    const told: string[] = [];
    const seen: number[][] = [];
    const pass = dataset(memoryImages(damaged)).batches({
      size: SIZE,
      batchSize: 5,
      corrupt: 'skip',
      onCorrupt: ({ id }) => told.push(id),
    });
    for await (const { rows, pixels, shape, y } of pass) {
      seen.push([...rows]);
      expect([pixels.length, y.length, shape[0]]).toEqual([rows.length * 48, rows.length * 2, rows.length]);
      rows.forEach((row, i) => {
        expect(pixels[i * 48]).toBe(row);
      });
      if (rows[0] === 0) expect(told).toEqual(['3.png']);
    }
    expect(seen.slice(0, 3)).toEqual([
      [0, 1, 2, 4],
      [5, 6, 7, 8, 9],
      [15, 16, 17, 18, 19],
    ]);
    expect(told).toEqual([3, 10, 11, 12, 13, 14].map((row) => `${row}.png`));
  });

  it('knows the corrupt images before a pass, where every row counts', async () => {
    const damaged = files.map((file, i) => (i === 7 ? file.subarray(0, 50) : file));
    const { dataset: readable, corrupt } = await dataset(memoryImages(damaged)).withoutCorrupt();
    expect(corrupt.map(({ id }) => id)).toEqual(['7.png']);
    expect(readable.length).toBe(49);
    expect((await collect(readable)).flatMap(({ rows }) => [...rows])).toHaveLength(49);
  });

  it('gives the error of a failing read once, however far ahead it happened', async () => {
    const failing: ImageSource = {
      read: async () => {
        throw new Error('disk gone');
      },
      locate: () => 'disk',
    };
    const pass = dataset(failing).batches({ size: SIZE, batchSize: 5, prefetch: 3 });
    await expect(pass.next()).rejects.toThrow('could not read it: disk gone');
    expect(await pass.next()).toEqual({ done: true, value: undefined });
  });

  it.each([
    [{ size: [224] }, /size as \[height, width\]/],
    [{ size: [0, 4] }, /size as \[height, width\]/],
    [{ size: 224 }, /size as \[height, width\]/],
    [{ batchSize: 0 }, /batchSize as a whole number from 1; received 0/],
    [{ batchSize: 1.5 }, /batchSize as a whole number from 1; received 1.5/],
    [{ prefetch: -1 }, /prefetch as a whole number from 0/],
    [{ workers: 1.5 }, /workers as a whole number from 0; received 1.5/],
    [{ corrupt: 'ignore' }, /corrupt as 'stop' or 'skip'; received "ignore"/],
    [{ skip: -1 }, /skip as a whole number from 0; received -1/],
    [{ epoch: 0.5 }, /seed and epoch as whole numbers/],
  ])('refuses %o at once, before the loop', (options, message) => {
    expect(() => dataset().batches({ size: SIZE, batchSize: 4, ...(options as object) })).toThrow(message);
  });
});
