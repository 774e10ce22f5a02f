import { resizeBilinear as resize } from '@thawjs/images';
import type { RgbImage } from './rgb-image';

/**
 * Resizes an image bilinearly into `out`, as TensorFlow's `tf.image.resize(image, size, 'bilinear')` does.
 *
 * Half-pixel centres, edge pixels repeated, no anti-aliasing, rounded to whole values if `out` holds bytes. The same code
 * resizes images for `classify` of `@thawjs/core`.
 *
 * @param image the image to resize, at its own size
 * @param size height and width of the result
 * @param out receives the result: height × width × 3 bytes, or floats
 *
 * @example
 * ```ts
 * import { resizeBilinear } from '@thawjs/datasets';
 *
 * const grey = { data: new Uint8Array([0, 0, 0, 80, 80, 80]), width: 2, height: 1 };
 * console.log(resizeBilinear(grey, [1, 1], new Uint8Array(3))[0]); // 40
 * ```
 */
export function resizeBilinear<Pixels extends Uint8Array | Float32Array>(
  image: Omit<RgbImage, 'data'> & { readonly data: Pixels },
  size: readonly [height: number, width: number],
  out: Pixels,
): Pixels {
  return resize(image, size, out);
}
