import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BatchOptions, ImageDataset, memoryImages } from '../../src/index';

/** Stripes of black and white, a pixel wide each: their average is grey. */
const WIDTH = 64;
/** The default looks at a black pixel alone in some columns, at a white one in others. */
const SIZE = [16, 21] as const;
let stripes: Uint8Array;
let small: Uint8Array;
beforeAll(async () => {
  const pixels = Uint8Array.from({ length: WIDTH * WIDTH * 3 }, (_, i) =>
    Math.floor(i / 3) % 2 === 0 ? 0 : 255,
  );
  const raw = { width: WIDTH, height: WIDTH, channels: 3 } as const;
  stripes = await sharp(pixels, { raw }).png().toBuffer();
  const ramp = Uint8Array.from({ length: 5 * 3 * 3 }, (_, i) => i * 5);
  small = await sharp(ramp, { raw: { width: 5, height: 3, channels: 3 } })
    .png()
    .toBuffer();
});

const of = (...files: Uint8Array[]) =>
  new ImageDataset({
    ids: files.map((_, i) => `${i}`),
    labels: ['x'],
    y: new Uint8Array(files.length),
    images: memoryImages(files),
  });

async function pixelsOf(set: ImageDataset, options: Partial<BatchOptions> = {}): Promise<number[]> {
  const pixels: number[] = [];
  for await (const batch of set.batches({ size: SIZE, batchSize: 4, ...options })) {
    pixels.push(...batch.pixels);
  }
  return pixels;
}

describe("resize: 'fast'", () => {
  it('averages the pixels of larger images, which the default passes over', async () => {
    const fast = await pixelsOf(of(stripes), { resize: 'fast' });
    const exact = await pixelsOf(of(stripes));
    const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
    expect(fast).toHaveLength(16 * 21 * 3);
    expect(spread(exact)).toBeGreaterThan(200);
    expect(spread(fast)).toBeLessThan(130);
  });

  it.each([
    ['an image that is smaller', () => of(small)],
    ['a cropped image', () => of(stripes).crop({ left: 3, top: 2, width: 20, height: 30 })],
  ])('changes nothing of %s', async (_, make) => {
    expect(await pixelsOf(make(), { resize: 'fast' })).toEqual(await pixelsOf(make()));
  });

  it('is the same of a data set that is resized so, in batches of every pass, of its parts and in threads', async () => {
    const set = of(stripes, small, stripes);
    const fast = await pixelsOf(set, { resize: 'fast' });
    expect(fast).not.toEqual(await pixelsOf(set));
    expect(await pixelsOf(set.resized('fast'))).toEqual(fast);
    expect(await pixelsOf(set.resized('fast').without('x').select([0, 1, 2]))).toEqual(fast);
    expect(await pixelsOf(set.resized('fast'), { workers: 2 })).toEqual(fast);
    expect(await pixelsOf(set.resized('fast'), { resize: 'tensorflow' })).toEqual(await pixelsOf(set));
    expect(set.resized('fast').summary()).toContain('resized while decoded');
  });

  it('shrinks JPEGs of photographs to what averaging whole pixels gives, within a few values', async () => {
    const side = 256;
    const smooth = Uint8Array.from({ length: side * side * 3 }, (_, i) => Math.floor((i / 3) % side));
    const jpeg = await sharp(smooth, { raw: { width: side, height: side, channels: 3 } })
      .jpeg({ quality: 95 })
      .toBuffer();
    const fast = await pixelsOf(of(jpeg), { resize: 'fast', size: [16, 16] });
    fast.forEach((value, i) => {
      const column = Math.floor(i / 3) % 16;
      expect(Math.abs(value - (column * 16 + 7.5))).toBeLessThan(5);
    });
  });

  it('keeps features apart from those of the default, by the fingerprint', async () => {
    const set = new ImageDataset({
      ids: ['a'],
      labels: ['x'],
      y: new Uint8Array(1),
      images: { ...memoryImages([stripes]), fingerprint: () => 'checksum' },
    });
    const [plain, exact, fast] = await Promise.all(
      [set, set.resized('tensorflow'), set.resized('fast')].map((it) => it.fingerprint!()),
    );
    expect(exact).toBe(plain);
    expect(fast).not.toBe(plain);
  });

  it('is refused in another spelling, and in data sets of two ways together', async () => {
    expect(() => of(small).batches({ size: [4, 4], batchSize: 1, resize: 'quick' as 'fast' })).toThrow(
      /batches: expected resize as 'tensorflow' or 'fast'; received "quick"/,
    );
    expect(() => of(small).resized('linear' as 'fast')).toThrow(/resized: expected resize as/);
    const other = new ImageDataset({
      ids: ['b'],
      labels: ['x'],
      y: new Uint8Array(1),
      images: memoryImages([small]),
    });
    expect(() => of(small).resized('fast').concat(other)).toThrow(/resized in the same way/);
  });
});
