import type { AffineMap } from '../images/affine-map';
import { stretchMap } from '../images/stretch-map';
import type { Framing } from './framing';
import { similarityMap } from './similarity-map';

/**
 * The map from pixels of the result to pixels of the image, for the framing of one image.
 *
 * @param framing the framing of this image alone, as `takeFraming(framing, [row])` gives it
 */
export function frameMap(
  framing: Framing,
  image: { readonly width: number; readonly height: number },
  size: readonly [height: number, width: number],
): AffineMap {
  const [outHeight, outWidth] = size;
  if (framing.kind === 'boxes') {
    const [left, top, width, height] = framing.boxes;
    return stretchMap({ left, top, width: width, height: height }, size);
  }
  if (framing.kind === 'landmarks') {
    const template = framing.template.flatMap(([x, y]) => [x * outWidth - 0.5, y * outHeight - 0.5]);
    return similarityMap(template, framing.landmarks);
  }
  const scale = Math.min(image.width / outWidth, image.height / outHeight);
  const [width, height] = [outWidth * scale, outHeight * scale];
  return stretchMap(
    { left: (image.width - width) / 2, top: (image.height - height) / 2, width, height },
    size,
  );
}
