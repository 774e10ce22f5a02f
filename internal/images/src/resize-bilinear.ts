import type { RgbImage } from './rgb-image';

/** For every output position the two input positions around it and how far it lies towards the second. */
interface Taps {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly fraction: Float32Array;
}

/**
 * Resizes an image bilinearly into `out`, as TensorFlow's `tf.image.resize(image, size, 'bilinear')` does.
 *
 * Half-pixel centres, edge pixels repeated, no anti-aliasing (Keras' `Resizing` is the same), rounded to whole
 * values, halves up, if `out` holds bytes. Output pixel x looks at (x + ½)·width / newWidth − ½.
 * Source: TensorFlow, `resize_bilinear_op.cc`, `half_pixel_centers=True`. Within ½ of its float result.
 *
 * @param image the image to resize, at its own size
 * @param size height and width of the result
 * @param out where the result goes: height × width × 3 bytes, or floats
 *
 * @example
 * ```ts
 * import { resizeBilinear } from '@thawjs/datasets';
 *
 * const image = { data: new Uint8Array([0, 0, 0, 100, 100, 100]), width: 2, height: 1 };
 * const out = resizeBilinear(image, [1, 4], new Uint8Array(12));
 * console.log([out[0], out[3], out[6], out[9]]); // [ 0, 25, 75, 100 ]
 * ```
 */
export function resizeBilinear<Pixels extends Uint8Array | Float32Array>(
  { data, width, height }: Omit<RgbImage, 'data'> & { readonly data: Pixels },
  [outHeight, outWidth]: readonly [height: number, width: number],
  out: Pixels,
): Pixels {
  // Bytes are cut to whole values as they are stored.
  const half = out instanceof Float32Array ? 0 : 0.5;
  const columns = taps(width, outWidth);
  const rows = taps(height, outHeight);
  // every row is blended from two input rows first, which leaves one blend, not three, per output value
  const blended = new Float32Array(width * 3);
  const stride = width * 3;
  let o = 0;
  for (let y = 0; y < outHeight; y++) {
    const top = rows.lower[y] * stride;
    const bottom = rows.upper[y] * stride;
    const down = rows.fraction[y];
    for (let i = 0; i < stride; i++) {
      const value = data[top + i];
      blended[i] = value + (data[bottom + i] - value) * down;
    }
    for (let x = 0; x < outWidth; x++) {
      const left = columns.lower[x] * 3;
      const right = columns.upper[x] * 3;
      const along = columns.fraction[x];
      const red = blended[left];
      const green = blended[left + 1];
      const blue = blended[left + 2];
      out[o] = red + (blended[right] - red) * along + half;
      out[o + 1] = green + (blended[right + 1] - green) * along + half;
      out[o + 2] = blue + (blended[right + 2] - blue) * along + half;
      o += 3;
    }
  }
  return out;
}

function taps(size: number, outSize: number): Taps {
  const lower = new Int32Array(outSize);
  const upper = new Int32Array(outSize);
  const fraction = new Float32Array(outSize);
  const scale = size / outSize;
  for (let i = 0; i < outSize; i++) {
    const position = (i + 0.5) * scale - 0.5;
    const floor = Math.floor(position);
    lower[i] = Math.max(floor, 0);
    upper[i] = Math.min(floor + 1, size - 1);
    fraction[i] = position - floor;
  }
  return { lower, upper, fraction };
}
