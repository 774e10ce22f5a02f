import { type AffineMap, centredMap } from '../images/affine-map';
import { hashText } from '../random/hash-text';
import { randomGenerator } from '../random/random-generator';
import type { Augmentation } from './augmentation';

/**
 * The flip, rotation and zoom of one image in one epoch, as one map from output to input pixels.
 *
 * Three numbers are always drawn, from a stream keyed by seed, epoch and the image's id, so that an image's
 * variation depends on nothing else: not on the batch size, the order, or the rows beside it.
 */
export function randomTransform(
  { flip, rotation, zoom }: Augmentation,
  {
    seed,
    epoch,
    id,
    width,
    height,
  }: { seed: number; epoch: number; id: string; width: number; height: number },
): AffineMap {
  const random = randomGenerator(seed, epoch, hashText(id));
  const mirrored = random() < 0.5 && flip;
  const angle = (2 * random() - 1) * rotation * 2 * Math.PI;
  const scale = 1 + (2 * random() - 1) * zoom;
  const cos = Math.cos(angle) * scale;
  const sin = Math.sin(angle) * scale;
  // Keras' layers one after another, flip, then rotation, then zoom, read backwards: from an output pixel to the
  // input pixel it shows. Scaling and turning commute; the mirror comes last.
  return mirrored
    ? centredMap(-cos, sin, sin, cos, width, height)
    : centredMap(cos, -sin, sin, cos, width, height);
}
