import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ImageDecodeError } from '../../src/errors';
import { decodeImage } from '../../src/images/decode-image';

/** 2 × 1: black left, white right. */
const blackWhite = () =>
  sharp(Buffer.from([0, 0, 0, 255, 255, 255]), { raw: { width: 2, height: 1, channels: 3 } });

describe('decodeImage', () => {
  it.each(['png', 'webp', 'tiff', 'gif'] as const)('reads %s without loss', async (format) => {
    const file = await blackWhite()
      .toFormat(format, format === 'webp' ? { lossless: true } : {})
      .toBuffer();
    const { data, width, height } = await decodeImage(file);
    expect([width, height, ...data]).toEqual([2, 1, 0, 0, 0, 255, 255, 255]);
  });

  it('makes three equal channels of a grey JPEG', async () => {
    const grey = sharp(Buffer.alloc(64, 77), { raw: { width: 8, height: 8, channels: 1 } }).toColourspace(
      'b-w',
    );
    const { data, width, height } = await decodeImage(await grey.jpeg().toBuffer());
    expect(data.length).toBe(width * height * 3);
    expect(new Set(data)).toEqual(new Set([77]));
  });

  it('makes three channels of grey with alpha, and of 16 bits', async () => {
    const raw = Buffer.from([100, 0, 200, 255]);
    const greyAlpha = await sharp(raw, { raw: { width: 2, height: 1, channels: 2 } })
      .png()
      .toBuffer();
    expect([...(await decodeImage(greyAlpha)).data]).toEqual([100, 100, 100, 200, 200, 200]);
    const deep = await blackWhite().toColourspace('rgb16').png().toBuffer();
    expect([...(await decodeImage(deep)).data]).toEqual([0, 0, 0, 255, 255, 255]);
  });

  it('drops alpha and keeps the colour beneath, as Keras does', async () => {
    const file = await sharp(Buffer.from([9, 8, 7, 0]), { raw: { width: 1, height: 1, channels: 4 } })
      .png()
      .toBuffer();
    expect([...(await decodeImage(file)).data]).toEqual([9, 8, 7]);
  });

  it('makes RGB of a CMYK JPEG', async () => {
    const red = sharp({ create: { width: 8, height: 8, channels: 3, background: '#ff0000' } });
    const { data } = await decodeImage(await red.toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer());
    expect(data.length).toBe(8 * 8 * 3);
    expect(data[0]).toBeGreaterThan(200);
    expect(data[1]).toBeLessThan(60);
  });

  it('turns an image as its EXIF orientation says', async () => {
    // orientation 6: to be shown turned a quarter clockwise, so left comes up
    const file = await blackWhite().withMetadata({ orientation: 6 }).png().toBuffer();
    const { data, width, height } = await decodeImage(file);
    expect([width, height, ...data]).toEqual([1, 2, 0, 0, 0, 255, 255, 255]);
  });

  it('refuses bytes that are no image, and an image that is cut off', async () => {
    await expect(decodeImage(Buffer.from('not an image'))).rejects.toMatchObject({
      name: 'ImageDecodeError',
      message: expect.stringMatching(/unsupported image format.*\. Fetch the file again\.$/),
    });
    const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251));
    const whole = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toBuffer();
    await expect(decodeImage(whole.subarray(0, whole.length / 2))).rejects.toThrow(ImageDecodeError);
  });
});
