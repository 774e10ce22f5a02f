import { type AffineMap, centredMap } from '../images/affine-map';
import { composeMaps } from '../images/compose-maps';

/** One flip, rotation, zoom and translation. */
export interface Transform {
  readonly mirrored: boolean;
  /** The rotation in radians. */
  readonly angle: number;
  /** The zoom: 1 keeps the size, a number above 1 shows more of the image. */
  readonly scale: number;
  /** The translation to the right, as a fraction of the width. Default 0. */
  readonly right?: number;
  /** Downwards, as a fraction of the height. Default 0. */
  readonly down?: number;
}

/**
 * The map of Keras' flip, rotation, zoom and translation layers, one after another, on an image of this size.
 *
 * Maps are from output to input, so the layers are composed backwards: translation, zoom, rotation, flip.
 */
export function transformMap(
  { mirrored, angle, scale, right = 0, down = 0 }: Transform,
  { width, height }: { readonly width: number; readonly height: number },
): AffineMap {
  const cos = Math.cos(angle) * scale;
  const sin = Math.sin(angle) * scale;
  const centred = mirrored
    ? centredMap(-cos, sin, sin, cos, width, height)
    : centredMap(cos, -sin, sin, cos, width, height);
  if (right === 0 && down === 0) return centred;
  return composeMaps(centred, { a: 1, b: 0, c: -right * width, d: 0, e: 1, f: -down * height });
}
