import { describe, expect, it } from 'vitest';
import { thumbnail } from '../../../src/write-report/findings/thumbnail';

describe('thumbnail', () => {
  it('keeps an image that is small enough', () => {
    const image = { data: new Uint8Array(12), width: 2, height: 2 };
    expect(thumbnail(image, 2)).toBe(image);
  });

  it('takes the mean of the pixels that one covers', () => {
    const data = Uint8Array.from([0, 10, 20, 100, 30, 40, 50, 10, 20, 150, 30, 40]);
    expect(thumbnail({ data, width: 2, height: 2 }, 1)).toEqual({
      data: Uint8Array.from([75, 20, 30]),
      width: 1,
      height: 1,
    });
  });

  it.each([
    [178, 218, 105, 128],
    [4000, 10, 128, 1],
    [3, 5000, 1, 128],
  ])('keeps the proportions of %i × %i', (width, height, smallWidth, smallHeight) => {
    const small = thumbnail({ data: new Uint8Array(width * height * 3).fill(7), width, height }, 128);
    expect(small).toEqual({
      data: new Uint8Array(smallWidth * smallHeight * 3).fill(7),
      width: smallWidth,
      height: smallHeight,
    });
  });
});
