import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resizeBilinear } from '@thawjs/images';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type BatchDecoder,
  type BatchOptions,
  decodeImage,
  fileImages,
  ImageDataset,
  ImageDecodeError,
  memoryImages,
} from '../../src/index';
import fixture from '../fixtures/jpegs.json';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const size = fixture.size as [number, number];
const good = [...fixture.simple, ...fixture.others.filter(({ name }) => name !== 'cut off')];
const datasetOf = (
  files: readonly { name: string; file: string }[],
  images = memoryImages(files.map(({ file }) => bytes(file))),
) =>
  new ImageDataset({
    ids: files.map(({ name }) => name),
    labels: ['x'],
    y: new Uint8Array(files.length),
    images,
  });
const folder = mkdtempSync(join(tmpdir(), 'thaw-decoder-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** The same data set, of files on the disk. */
const filesOf = (files: readonly { name: string; file: string }[]) => {
  const paths = files.map((_, i) => join(folder, `${i}.jpg`));
  for (const [i, { file }] of files.entries()) writeFileSync(paths[i], bytes(file));
  return datasetOf(files, fileImages(paths));
};
const pixelsOf = async (dataset: ImageDataset, options: Partial<BatchOptions> = {}) => {
  const found: string[] = [];
  for await (const { rows, pixels } of dataset.batches({ size, batchSize: 8, ...options })) {
    for (const i of rows.keys()) {
      const length = pixels.length / rows.length;
      found.push(Buffer.from(pixels.subarray(i * length, (i + 1) * length)).toString('base64'));
    }
  }
  return found;
};
/** Notes how many files each call is given. */
const recording = (decode: BatchDecoder, calls: number[]): BatchDecoder => {
  return (files, size) => {
    calls.push(files.length);
    return decode(files, size);
  };
};
const bySharp: BatchDecoder = async (files, size) => {
  const drawn = files.map(async (file) =>
    resizeBilinear(await decodeImage(file), size, new Uint8Array(size[0] * size[1] * 3)),
  );
  return Uint8Array.from((await Promise.all(drawn)).flatMap((pixels) => [...pixels]));
};

describe('batches', () => {
  it("have TensorFlow's pixels, resized, with threads and without", async () => {
    const expected = fixture.simple.map(({ resized }) => resized);
    expect(await pixelsOf(datasetOf(fixture.simple))).toEqual(expected);
    expect(await pixelsOf(datasetOf(fixture.simple), { workers: 2 })).toEqual(expected);
  });

  it('are the same with threads and without for files that only sharp decodes', async () => {
    const others = datasetOf(good.slice(fixture.simple.length));
    expect(await pixelsOf(others, { workers: 2 })).toEqual(await pixelsOf(others));
  });
});

describe('a decoder of batches', () => {
  it('is given the simple JPEGs of a batch, and the others are drawn as without it', async () => {
    const calls: number[] = [];
    const mixed = datasetOf(good);
    const found = await pixelsOf(mixed, { batchSize: 100, decoder: recording(bySharp, calls) });
    expect(found).toEqual(await pixelsOf(mixed));
    expect(calls).toEqual([fixture.simple.length]);
  });

  it.each([0, 1, 3])('is given files that %i threads read', async (workers) => {
    const calls: number[] = [];
    const found = await pixelsOf(filesOf(good), {
      batchSize: 100,
      workers,
      decoder: recording(bySharp, calls),
    });
    expect(found).toEqual(await pixelsOf(datasetOf(good)));
    expect(calls).toEqual([fixture.simple.length]);
  });

  it.each([0, 2])(
    'leaves a file that is gone to the reader, which names it, with %i threads',
    async (workers) => {
      const dataset = filesOf(fixture.simple);
      rmSync(join(folder, '1.jpg'));
      const error = await pixelsOf(dataset, { workers, decoder: bySharp }).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(ImageDecodeError);
      expect(error).toMatchObject({ id: fixture.simple[1].name });
    },
  );

  it('is asked no more after a batch that is mostly for sharp', async () => {
    const calls: number[] = [];
    const files = [...good.slice(-3), ...fixture.simple];
    await pixelsOf(datasetOf(files), { batchSize: 4, decoder: recording(bySharp, calls) });
    expect(calls).toEqual([1]);
  });

  it.each([
    { what: 'augmented', of: datasetOf(good).augment({ flip: true }), options: {} },
    { what: 'cropped', of: datasetOf(good).crop('cover'), options: {} },
    { what: 'shrunk by libvips', of: datasetOf(good), options: { resize: 'fast' as const } },
    { what: 'shrunk by libvips, by default', of: datasetOf(good).resized('fast'), options: {} },
  ])('is not asked for images that are $what', async ({ of, options }) => {
    const calls: number[] = [];
    await pixelsOf(of, { ...options, decoder: recording(bySharp, calls) });
    expect(calls).toEqual([]);
  });

  it('that refuses a file leaves the batch to sharp, which names the damaged image', async () => {
    const refuses: BatchDecoder = () => Promise.reject(new Error('Invalid JPEG data'));
    const whole = datasetOf(fixture.simple);
    expect(await pixelsOf(whole, { decoder: refuses })).toEqual(await pixelsOf(whole));
    const damaged = datasetOf([...fixture.simple, ...fixture.others]);
    const error = await pixelsOf(damaged, { decoder: refuses }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ImageDecodeError);
    expect(error).toMatchObject({ id: 'cut off' });
  });

  it('leaves an image out that can not be decoded, if asked to', async () => {
    const files = [fixture.others.at(-1)!, ...fixture.simple];
    expect(await pixelsOf(datasetOf(files), { corrupt: 'skip', decoder: bySharp })).toEqual(
      fixture.simple.map(({ resized }) => resized),
    );
  });
});
