import { type AffineMap, centredMap } from '../images/affine-map';

/** One flip, rotation and zoom. */
export interface Transform {
  readonly mirrored: boolean;
  /** Radians. */
  readonly angle: number;
  /** 1 leaves the size, more than 1 shows more of the image. */
  readonly scale: number;
}

/**
 * The map of Keras' flip, rotation and zoom layers, one after another, on an image of this size.
 *
 * Maps are from output to input, so the layers are composed backwards: zoom, rotation, flip.
 */
export function transformMap(
  { mirrored, angle, scale }: Transform,
  { width, height }: { readonly width: number; readonly height: number },
): AffineMap {
  const cos = Math.cos(angle) * scale;
  const sin = Math.sin(angle) * scale;
  return mirrored
    ? centredMap(-cos, sin, sin, cos, width, height)
    : centredMap(cos, -sin, sin, cos, width, height);
}
