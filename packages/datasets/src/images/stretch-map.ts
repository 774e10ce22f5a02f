import type { AffineMap } from './affine-map';

/**
 * The map from pixels of the result to pixels of the image, for a resize of a part of the image.
 *
 * Half-pixel centres: output pixel x looks at left + (x + ½)·width / newWidth − ½.
 */
export function stretchMap(
  {
    left = 0,
    top = 0,
    width,
    height,
  }: { readonly left?: number; readonly top?: number; readonly width: number; readonly height: number },
  [outHeight, outWidth]: readonly [height: number, width: number],
): AffineMap {
  const a = width / outWidth;
  const e = height / outHeight;
  return { a, b: 0, c: left + a / 2 - 0.5, d: 0, e, f: top + e / 2 - 0.5 };
}
