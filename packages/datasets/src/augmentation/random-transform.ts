import { hashText } from '../random/hash-text';
import { randomGenerator } from '../random/random-generator';
import type { Augmentation } from './augmentation';
import type { Transform } from './transform-map';

/**
 * The flip, rotation and zoom of one image in one epoch.
 *
 * Three numbers are always drawn, from a stream keyed by seed, epoch and the image's id, so that an image's
 * variation depends on nothing else: not on the batch size, the order, or the rows beside it.
 */
export function randomTransform(
  { flip, rotation, zoom }: Augmentation,
  { seed, epoch, id }: { readonly seed: number; readonly epoch: number; readonly id: string },
): Transform {
  const random = randomGenerator(seed, epoch, hashText(id));
  return {
    mirrored: random() < 0.5 && flip,
    angle: (2 * random() - 1) * rotation * 2 * Math.PI,
    scale: 1 + (2 * random() - 1) * zoom,
  };
}
