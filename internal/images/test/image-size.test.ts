import sharp, { type FormatEnum } from 'sharp';
import { describe, expect, it } from 'vitest';
import { imageSize } from '../src/image-size';

const image = sharp({ create: { width: 300, height: 200, channels: 4, background: '#a52b' } });
const FORMS: readonly [string, keyof FormatEnum, object][] = [
  ['a JPEG', 'jpeg', {}],
  ['a progressive JPEG', 'jpeg', { progressive: true }],
  ['a PNG', 'png', {}],
  ['a GIF', 'gif', {}],
  ['a lossy WebP with alpha, which is extended', 'webp', {}],
  ['a lossless WebP', 'webp', { lossless: true }],
];

describe('the size in the first bytes of a file', () => {
  it.each(FORMS)('is found in %s', async (_, format, options) => {
    const bytes = await image.clone().toFormat(format, options).toBuffer();
    expect(imageSize(bytes)).toMatchObject({ width: 300, height: 200 });
  });

  it('is found in a lossy WebP without alpha', async () => {
    expect(imageSize(await image.clone().removeAlpha().webp().toBuffer())).toEqual({
      width: 300,
      height: 200,
    });
  });

  it.each(FORMS)('isn’t made up for %s that is cut before it', async (_, format, options) => {
    const bytes = await image.clone().toFormat(format, options).toBuffer();
    for (let length = 0; length < 30; length++) {
      const found = imageSize(bytes.subarray(0, length));
      if (found) expect(found).toMatchObject({ width: 300, height: 200 });
    }
  });

  it('is left to the decoder for other formats', async () => {
    expect(imageSize(await image.clone().tiff().toBuffer())).toBeUndefined();
    expect(imageSize(new TextEncoder().encode('<svg width="9" height="9"/>'))).toBeUndefined();
  });
});
