import type { RgbImage } from './rgb-image';

/** For each output position, the two input positions around it, and its relative distance from the first. */
interface Taps {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly fraction: Float32Array;
}

/**
 * Resizes an image bilinearly into `out`, as TensorFlow's `tf.image.resize(image, size, 'bilinear')` does.
 *
 * Pixel centres are at half positions, edge pixels are repeated, and there is no anti-aliasing (Keras' `Resizing` is
 * the same). Output pixel x reads at (x + ½)·width / newWidth − ½. All sums are float32 sums in TensorFlow's order, so
 * the floats equal TensorFlow's to the last bit. If `out` holds bytes, values are rounded to integers, halves up.
 * Source: TensorFlow, `resize_bilinear_op.cc`, `half_pixel_centers=True`.
 *
 * @param image the image to resize, at its own size
 * @param size height and width of the result
 * @param out receives the result: height × width × 3 bytes, or floats
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
  // Storing in a byte array truncates to integers.
  const half = out instanceof Float32Array ? 0 : 0.5;
  const columns = taps(width, outWidth);
  const rows = taps(height, outHeight);
  const stride = width * 3;
  let top = new Float32Array(outWidth * 3);
  let bottom = new Float32Array(outWidth * 3);
  let topRow = -1;
  let bottomRow = -1;
  for (let y = 0, o = 0; y < outHeight; y++, o += outWidth * 3) {
    if (rows.lower[y] === bottomRow) {
      [top, bottom] = [bottom, top];
      [topRow, bottomRow] = [bottomRow, topRow];
    }
    if (rows.lower[y] !== topRow) {
      topRow = rows.lower[y];
      blendColumns(data, topRow * stride, columns, top);
    }
    if (rows.upper[y] !== bottomRow) {
      bottomRow = rows.upper[y];
      blendColumns(data, bottomRow * stride, columns, bottom);
    }
    blendRows(top, bottom, rows.fraction[y], half, out, o);
  }
  return out;
}

const { fround: float32 } = Math;

/** Resizes the row that begins at `at`. No rounding is needed where float64 holds the float32 result exactly. */
function blendColumns(
  data: Uint8Array | Float32Array,
  at: number,
  { lower, upper, fraction }: Taps,
  into: Float32Array,
): void {
  for (let x = 0, o = 0; x < fraction.length; x++, o += 3) {
    const left = at + lower[x] * 3;
    const right = at + upper[x] * 3;
    const along = fraction[x];
    const red = data[left];
    const green = data[left + 1];
    const blue = data[left + 2];
    into[o] = red + float32((data[right] - red) * along);
    into[o + 1] = green + float32(float32(data[right + 1] - green) * along);
    into[o + 2] = blue + float32(float32(data[right + 2] - blue) * along);
  }
}

function blendRows(
  top: Float32Array,
  bottom: Float32Array,
  down: number,
  half: number,
  out: Uint8Array | Float32Array,
  at: number,
): void {
  for (let i = 0; i < top.length; i++) {
    const value = top[i];
    out[at + i] = float32(float32(value + float32(float32(bottom[i] - value) * down)) + half);
  }
}

function taps(size: number, outSize: number): Taps {
  const lower = new Int32Array(outSize);
  const upper = new Int32Array(outSize);
  const fraction = new Float32Array(outSize);
  const scale = float32(size / outSize);
  for (let i = 0; i < outSize; i++) {
    const position = float32(float32((i + 0.5) * scale) - 0.5);
    const floor = Math.floor(position);
    lower[i] = Math.max(floor, 0);
    upper[i] = Math.min(floor + 1, size - 1);
    fraction[i] = position - floor;
  }
  return { lower, upper, fraction };
}
