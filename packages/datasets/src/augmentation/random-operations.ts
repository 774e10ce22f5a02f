import { type AffineMap, centredMap } from '../images/affine-map';
import { composeMaps } from '../images/compose-maps';
import type { PixelOperation } from '../pixels/apply-operation';
import type { RandomGenerator } from '../random/random-generator';
import type { RandAugment } from './augmentation';
import { transformMap } from './transform-map';

/** The operations that RandAugment drew for one image. */
export interface RandomOperations {
  /** The map of all geometric operations together; undefined if there are none. */
  readonly map?: AffineMap;
  /** The changes of colour, in the order in which they were drawn. */
  readonly operations: readonly PixelOperation[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const STEPS = 30;

/** torchvision's space of 14 operations with its largest amounts; `share` is the magnitude over 30. */
const SPACE: readonly ((
  share: number,
  sign: number,
  size: Size,
) => { readonly map?: AffineMap; readonly operation?: PixelOperation })[] = [
  () => ({}),
  (share, sign, { width, height }) => ({ map: centredMap(1, 0.3 * share * sign, 0, 1, width, height) }),
  (share, sign, { width, height }) => ({ map: centredMap(1, 0, 0.3 * share * sign, 1, width, height) }),
  (share, sign, size) => ({ map: moved({ right: (150 / 331) * share * sign }, size) }),
  (share, sign, size) => ({ map: moved({ down: (150 / 331) * share * sign }, size) }),
  (share, sign, size) => ({ map: moved({ angle: (Math.PI / 6) * share * sign }, size) }),
  (share, sign) => ({ operation: ['brightness', 1 + 0.9 * share * sign] }),
  (share, sign) => ({ operation: ['saturation', 1 + 0.9 * share * sign] }),
  (share, sign) => ({ operation: ['contrast', 1 + 0.9 * share * sign] }),
  (share, sign) => ({ operation: ['sharpness', 1 + 0.9 * share * sign] }),
  (share) => ({ operation: ['posterize', 8 - Math.round(4 * share)] }),
  (share) => ({ operation: ['solarize', 255 * (1 - share)] }),
  () => ({ operation: ['autoContrast', 0] }),
  () => ({ operation: ['equalize', 0] }),
];

/**
 * Draws RandAugment's operations for one image of this size; each takes two numbers.
 *
 * The operations and their amounts are torchvision's. It interpolates once for each geometric operation and fills with
 * black; here they are composed into one map, applied before the changes of colour, and edges are reflected.
 */
export function randomOperations(
  { operations, magnitude }: RandAugment,
  size: Size,
  random: RandomGenerator,
): RandomOperations {
  const drawn = Array.from({ length: operations }, () => {
    const choice = SPACE[Math.floor(random() * SPACE.length)];
    return choice(magnitude / STEPS, random() < 0.5 ? 1 : -1, size);
  });
  const maps = drawn.flatMap(({ map }) => (map ? [map] : []));
  return {
    // Maps lead from output to input, so the operation that was drawn last is applied first.
    ...(maps.length > 0 && { map: maps.reduceRight((first, map) => composeMaps(map, first)) }),
    operations: drawn.flatMap(({ operation }) => (operation ? [operation] : [])),
  };
}

function moved(part: { right?: number; down?: number; angle?: number }, size: Size): AffineMap {
  return transformMap({ mirrored: false, angle: 0, scale: 1, ...part }, size);
}
