import type { AffineMap } from './affine-map';
import type { RgbImage } from './rgb-image';

/**
 * Resizes an image and applies an affine map to the result in one bilinear pass, into `out`.
 *
 * The same picture as {@link resizeBilinear} followed by Keras' `ops.image.affine_transform(…, fill_mode="reflect")`,
 * but interpolated once where those interpolate twice, so it is sharper. What lies outside is filled by reflection
 * (d c b a | a b c d | d c b a), the default of Keras' random layers. Rounded to whole values, halves up.
 *
 * @param image the image, at its own size
 * @param map from pixels of the result to pixels of the resized image
 * @param size height and width of the result
 * @param out where the result goes: height × width × 3 bytes
 *
 * @example
 * ```ts
 * import { warpBilinear } from '@thawjs/datasets';
 *
 * const image = { data: new Uint8Array([1, 1, 1, 2, 2, 2, 3, 3, 3]), width: 3, height: 1 };
 * const mirror = { a: -1, b: 0, c: 2, d: 0, e: 1, f: 0 };
 * const out = warpBilinear(image, mirror, [1, 3], new Uint8Array(9));
 * console.log(out.join(' ')); // 3 3 3 2 2 2 1 1 1
 * ```
 */
export function warpBilinear(
  { data, width, height }: RgbImage,
  { a, b, c, d, e, f }: AffineMap,
  [outHeight, outWidth]: readonly [height: number, width: number],
  out: Uint8Array,
): Uint8Array {
  const scaleX = width / outWidth;
  const scaleY = height / outHeight;
  const stride = width * 3;
  const right = width - 1;
  const bottom = height - 1;
  let o = 0;
  for (let y = 0; y < outHeight; y++) {
    // the resize's own map, (u + ½)·scale − ½, is composed in
    let sourceX = (b * y + c + 0.5) * scaleX - 0.5;
    let sourceY = (e * y + f + 0.5) * scaleY - 0.5;
    const stepX = a * scaleX;
    const stepY = d * scaleY;
    for (let x = 0; x < outWidth; x++, sourceX += stepX, sourceY += stepY, o += 3) {
      let u = sourceX < 0 || sourceX > right ? reflect(sourceX, width) : sourceX;
      let v = sourceY < 0 || sourceY > bottom ? reflect(sourceY, height) : sourceY;
      const x0 = u | 0;
      const y0 = v | 0;
      u -= x0;
      v -= y0;
      const i00 = y0 * stride + x0 * 3;
      const i01 = x0 < right ? i00 + 3 : i00;
      const down = y0 < bottom ? stride : 0;
      const i10 = i00 + down;
      const i11 = i01 + down;
      const w11 = u * v;
      const w01 = u - w11;
      const w10 = v - w11;
      const w00 = 1 - u - w10;
      out[o] = data[i00]! * w00 + data[i01]! * w01 + data[i10]! * w10 + data[i11]! * w11 + 0.5;
      out[o + 1] =
        data[i00 + 1]! * w00 + data[i01 + 1]! * w01 + data[i10 + 1]! * w10 + data[i11 + 1]! * w11 + 0.5;
      out[o + 2] =
        data[i00 + 2]! * w00 + data[i01 + 2]! * w01 + data[i10 + 2]! * w10 + data[i11 + 2]! * w11 + 0.5;
    }
  }
  return out;
}

/** Folds a position back at the image's edges (−½ and size − ½) until it is inside. */
function reflect(position: number, size: number): number {
  const period = 2 * size;
  let folded = (position + 0.5) % period;
  if (folded < 0) folded += period;
  if (folded > size) folded = period - folded;
  return Math.min(Math.max(folded - 0.5, 0), size - 1);
}
