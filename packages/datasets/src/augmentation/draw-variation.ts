import type { AffineMap } from '../images/affine-map';
import { composeMaps } from '../images/compose-maps';
import type { PixelOperation } from '../pixels/apply-operation';
import type { Erasure } from '../pixels/erase';
import { hashText, randomGenerator } from '../random/random-generator';
import type { Augmentation } from './augmentation';
import { randomColours } from './random-colours';
import { randomErasure } from './random-erasure';
import { randomOperations } from './random-operations';
import { randomTransform } from './random-transform';
import { transformMap } from './transform-map';

/** The random changes to one image in one epoch, in this order. */
export interface Variation {
  /** Maps pixels of the result to pixels of the framed image at the result's size; undefined if no pixel moves. */
  readonly map?: AffineMap;
  readonly operations: readonly PixelOperation[];
  readonly erasure?: Erasure;
}

/** Everything that an image's variation depends on. It doesn't depend on batch size, order, other rows or the worker. */
export interface VariationKey {
  readonly seed: number;
  readonly epoch: number;
  readonly id: string;
}

/** Draws the variation of one image, to be `height` × `width` pixels large. */
export function drawVariation(
  augmentation: Augmentation,
  { seed, epoch, id }: VariationKey,
  size: { readonly width: number; readonly height: number },
): Variation {
  const random = randomGenerator(seed, epoch, hashText(id));
  const transform = transformMap(randomTransform(augmentation, random), size);
  const { flip, rotation, zoom, translation, erasing, randAugment } = augmentation;
  const colours = randomColours(augmentation, random);
  // Each of these has a stream of its own, because the number of draws varies.
  const drawn = randAugment && randomOperations(randAugment, size, stream('operations'));
  const erasure = erasing && randomErasure(erasing, size, stream('erasing'));
  const moves = flip || rotation > 0 || zoom > 0 || translation > 0;
  const maps = [...(moves ? [transform] : []), ...(drawn?.map ? [drawn.map] : [])];
  return {
    ...(maps.length > 0 && { map: maps.reduceRight((first, map) => composeMaps(map, first)) }),
    operations: [...colours, ...(drawn?.operations ?? [])],
    ...(erasure && { erasure }),
  };

  function stream(name: string) {
    return randomGenerator(seed, epoch, hashText(`${name} of ${id}`));
  }
}
