import type { RandomGenerator } from '../random/random-generator';
import type { Augmentation } from './augmentation';
import type { Transform } from './transform-map';

/** A flip, rotation, zoom and translation; five numbers are always drawn, whichever of them are on. */
export function randomTransform(
  { flip, rotation, zoom, translation }: Augmentation,
  random: RandomGenerator,
): Required<Transform> {
  const within = (limit: number) => (2 * random() - 1) * limit;
  return {
    mirrored: random() < 0.5 && flip,
    angle: within(rotation * 2 * Math.PI),
    scale: 1 + within(zoom),
    down: within(translation),
    right: within(translation),
  };
}
