/**
 * A map from output pixels to input pixels: output (x, y) shows input (a·x + b·y + c, d·x + e·y + f).
 *
 * Pixel centres have whole coordinates, (0, 0) being the top left pixel's.
 */
export interface AffineMap {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** The linear map (a b; d e) about the centre of a width × height image, (width − 1) / 2 and (height − 1) / 2. */
export function centredMap(
  a: number,
  b: number,
  d: number,
  e: number,
  width: number,
  height: number,
): AffineMap {
  const x = (width - 1) / 2;
  const y = (height - 1) / 2;
  return { a, b, c: x - a * x - b * y, d, e, f: y - d * x - e * y };
}
