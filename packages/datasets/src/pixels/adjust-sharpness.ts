import type { RgbImage } from '../images/rgb-image';

/**
 * Sharpens (factor above 1) or blurs (below 1) in place, as Pillow's `ImageEnhance.Sharpness`.
 *
 * The blurred image is each pixel's mean over its 3 × 3 neighbours, itself counted five times; pixels at the edge stay.
 */
export function adjustSharpness({ data, width, height }: RgbImage, factor: number): void {
  const source = data.slice();
  const rounded = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  const stride = width * 3;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * stride + 3; i < (y + 1) * stride - 3; i++) {
      const above = i - stride;
      const below = i + stride;
      const around =
        source[above - 3] +
        source[above] +
        source[above + 3] +
        source[i - 3] +
        source[i + 3] +
        source[below - 3] +
        source[below] +
        source[below + 3];
      const smooth = Math.round((around + 5 * source[i]) / 13);
      rounded[i] = smooth + (source[i] - smooth) * factor;
    }
  }
}
