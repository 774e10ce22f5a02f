import type { AffineMap } from './affine-map';
import { composeMaps } from './compose-maps';
import type { RgbImage } from './rgb-image';
import { sampleBilinear } from './sample-bilinear';
import { stretchMap } from './stretch-map';

/**
 * Resizes an image and applies an affine map to the result in one bilinear pass, into `out`.
 *
 * The same picture as {@link resizeBilinear} followed by Keras' `ops.image.affine_transform(…, fill_mode="reflect")`,
 * but interpolated once instead of twice, so it is sharper. Pixels outside the image are filled by reflection (d c b a |
 * a b c d | d c b a), the default of Keras' random layers. Rounded to whole values, halves up.
 *
 * @param image the image, at its own size
 * @param map from pixels of the result to pixels of the resized image
 * @param size height and width of the result
 * @param out receives the result: height × width × 3 bytes
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
  image: RgbImage,
  map: AffineMap,
  size: readonly [height: number, width: number],
  out: Uint8Array,
): Uint8Array {
  return sampleBilinear(image, composeMaps(stretchMap(image, size), map), size, out);
}
