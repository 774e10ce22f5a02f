import '@tensorflow/tfjs-backend-cpu';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Classifier, classifier, extractFeatures, type LabelledImages, loadFeatures } from '../../src';
import { shardFileName } from '../../src/features/feature-shard';
import { readSafetensors } from '../../src/weights/safetensors';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

const IMAGES = 70;

let base: string;
let model: Classifier;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'thaw-shards-'));
  model = classifier(tinyBackbone(), { labels: LABELS });
});
afterAll(() => rm(base, { recursive: true }));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(base, 'job-'));
});

/** A data set with `select`, as those of `@thawjs/datasets`. It counts the images that are read. */
function selectable(length: number, seed = 1) {
  const all = tinyImages(length, seed);
  const reads = { images: 0 };
  const select = (rows: readonly number[]): LabelledImages => ({
    length: rows.length,
    ids: rows.map((row) => all.ids[row]),
    labels: all.labels,
    y: Uint8Array.from(rows.flatMap((row) => [...all.y.subarray(2 * row, 2 * row + 2)])),
    async *batches({ batchSize, size }) {
      for (let start = 0; start < rows.length; start += batchSize) {
        const some = rows.slice(start, start + batchSize);
        const pixels: number[] = [];
        for (const row of some) {
          for await (const batch of all.batches({ batchSize: 1, size }))
            if (batch.rows[0] === row) pixels.push(...batch.pixels);
        }
        reads.images += some.length;
        yield {
          rows: Int32Array.from(some, (_, i) => start + i),
          pixels: Uint8Array.from(pixels),
          shape: [some.length, 8, 8, 3],
          y: Uint8Array.from(some.flatMap((row) => [...all.y.subarray(2 * row, 2 * row + 2)])),
        };
      }
    },
  });
  return { ...select(Array.from({ length }, (_, row) => row)), select, reads };
}

const runShards = async (images: LabelledImages, count: number, order: readonly number[]) => {
  for (const index of order) await extractFeatures(model, images, { shard: { index, count }, out: folder });
};

describe('extractFeatures({ shard, out })', () => {
  it('64 shards, in any order and some of them twice, are one pass', async () => {
    const images = selectable(IMAGES);
    const order = Array.from({ length: 64 }, (_, i) => (i * 27) % 64);
    await runShards(images, 64, [...order, 5, 60, ...order.slice(10, 20)]);
    expect(images.reads.images).toBe(IMAGES);
    const whole = await extractFeatures(model, images);
    const { ids, data, shape } = await loadFeatures(folder);
    expect([ids, shape]).toEqual([images.ids, whole.shape]);
    expect(data).toEqual(whole.data);
  });

  it('computes again only the shard that is missing, and leaves no other file', async () => {
    const images = selectable(9);
    await runShards(images, 3, [0, 1, 2]);
    const place = (index: number) => join(folder, shardFileName({ index, count: 3 }));
    const before = await stat(place(0));
    await rm(place(1));
    await runShards(images, 3, [0, 1, 2]);
    expect(images.reads.images).toBe(12);
    expect((await stat(place(0))).mtimeMs).toBe(before.mtimeMs);
    expect(await readdir(folder)).toEqual([0, 1, 2].map((index) => shardFileName({ index, count: 3 })));
  });

  it('gives a shard alone without a folder, and none of its images if there are more parts than images', async () => {
    const images = selectable(5);
    const { data, shape } = await extractFeatures(model, images);
    const [width] = shape;
    const part = await extractFeatures(model, images, { shard: { index: 1, count: 3 } });
    expect([...part.data]).toEqual([...data.subarray(width, 2 * width), ...data.subarray(4 * width)]);
    await runShards(images, 7, [0, 1, 2, 3, 4, 5, 6]);
    expect((await loadFeatures(folder)).data).toEqual(data);
  });

  it('writes files that other readers of safetensors open', async () => {
    const images = selectable(4);
    const { data } = await extractFeatures(model, images, { out: folder });
    const bytes = await readFile(join(folder, shardFileName({ index: 0, count: 1 })));
    const [tensor] = readSafetensors(bytes, 'features').weights;
    expect([tensor.name, tensor.shape[0]]).toEqual(['features', 4]);
    expect([...((await tensor.read()) as Float32Array)]).toEqual([...data]);
  });

  it.each<[string, object, RegExp]>([
    [
      'a shard that is none of its count',
      { shard: { index: 3, count: 3 } },
      /index below count, 3; received 3/,
    ],
    ['a misspelt part', { shard: { index: 0, of: 3 } }, /of/],
    ['a misspelt option', { shards: 3 }, /shards/],
  ])('refuses %s', async (_, options, message) => {
    await expect(extractFeatures(model, selectable(3), options)).rejects.toThrow(message);
  });

  it('says by name that a shard cannot be written', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const out = join(file, 'features');
    await expect(extractFeatures(model, selectable(3), { out })).rejects.toMatchObject({
      code: 'ERR_FEATURE_SHARD',
      message: expect.stringContaining(`expected to write into ${out}; ENOTDIR`),
    });
  });

  it('refuses data sets that cannot select rows, and folders with a shard of another job', async () => {
    await expect(extractFeatures(model, tinyImages(4), { shard: { index: 0, count: 2 } })).rejects.toThrow(
      /method select/,
    );
    await runShards(selectable(6), 2, [0]);
    await expect(runShards(selectable(7), 2, [0])).rejects.toThrow(/of another model, data set or backend/);
  });
});

/** Changes a text in the header of a safetensors file, and the header's length with it. */
async function editHeader(file: string, before: string, after: string): Promise<void> {
  const bytes = await readFile(file);
  const length = Number(bytes.readBigUInt64LE(0));
  const header = bytes.subarray(8, 8 + length).toString();
  expect(header).toContain(before);
  const edited = Buffer.from(header.replace(before, after));
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(BigInt(edited.length));
  await writeFile(file, Buffer.concat([start, edited, bytes.subarray(8 + length)]));
}

describe('loadFeatures', () => {
  const place = (index: number) => join(folder, shardFileName({ index, count: 3 }));
  it.each<[string, RegExp, () => Promise<unknown>]>([
    ['missing shards', /features-00002-of-00003\.safetensors are missing/, () => rm(place(1))],
    [
      'a shard under the name of another',
      /features-00003-of-00003\.safetensors is of another/,
      () => copyFile(place(0), place(2)),
    ],
    [
      'a shard that is cut',
      /has \d+ bytes of features for 3 images/,
      async () => writeFile(place(1), (await readFile(place(1))).subarray(0, -4)),
    ],
    ['a file of another kind', /its header/, () => writeFile(place(1), 'something else')],
    ...(
      [
        ['a huge number of images', '"images":"9"', '"images":"99999999999"'],
        ['ids that are no texts', '[\\"', '[1,\\"'],
        ['a negative size', '"shape":[3,', '"shape":[3,-'],
      ] as const
    ).map(([name, before, after]): [string, RegExp, () => Promise<void>] => [
      name,
      /its header is not that of thaw-features, version 1/,
      () => editHeader(place(1), before, after),
    ]),
    ['an empty folder', /found none/, () => Promise.all([0, 1, 2].map((index) => rm(place(index))))],
  ])('refuses %s', async (_, message, damage) => {
    await runShards(selectable(9), 3, [0, 1, 2]);
    await damage();
    await expect(loadFeatures(folder)).rejects.toThrow(message);
  });
});
