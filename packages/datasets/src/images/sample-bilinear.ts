import type { AffineMap } from './affine-map';
import type { RgbImage } from './rgb-image';

/**
 * Reads an image through an affine map, bilinearly, into `out`; pixels outside the image are reflected (d c b a | a b c
 * d | d c b a). Rounded to whole values, halves up.
 *
 * @param map from pixels of the result to pixels of the image
 * @param out receives the result: height × width × 3 bytes
 */
export function sampleBilinear(
  { data, width, height }: RgbImage,
  { a, b, c, d, e, f }: AffineMap,
  [outHeight, outWidth]: readonly [height: number, width: number],
  out: Uint8Array,
): Uint8Array {
  const stride = width * 3;
  const right = width - 1;
  const bottom = height - 1;
  let o = 0;
  for (let y = 0; y < outHeight; y++) {
    let sourceX = b * y + c;
    let sourceY = e * y + f;
    for (let x = 0; x < outWidth; x++, sourceX += a, sourceY += d, o += 3) {
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
      out[o] = data[i00] * w00 + data[i01] * w01 + data[i10] * w10 + data[i11] * w11 + 0.5;
      out[o + 1] =
        data[i00 + 1] * w00 + data[i01 + 1] * w01 + data[i10 + 1] * w10 + data[i11 + 1] * w11 + 0.5;
      out[o + 2] =
        data[i00 + 2] * w00 + data[i01 + 2] * w01 + data[i10 + 2] * w10 + data[i11 + 2] * w11 + 0.5;
    }
  }
  return out;
}

/** Reflects a position at the image's edges (−½ and size − ½) until it is inside. */
function reflect(position: number, size: number): number {
  const period = 2 * size;
  let folded = (position + 0.5) % period;
  if (folded < 0) folded += period;
  if (folded > size) folded = period - folded;
  return Math.min(Math.max(folded - 0.5, 0), size - 1);
}
