import type { Attributes } from './attributes';
import { randomStream } from './random-stream';
import { sampleAttributes } from './sample-attributes';

/** Choices that no label speaks of and that stay with a person. */
const LOOK_OF_IDENTITY = [
  'skinTone',
  'hairShade',
  'hairStyle',
  'headWidth',
  'headHeight',
  'eyeSpacing',
  'eyeShape',
  'noseWidth',
  'noseDrop',
  'browDrop',
  'mouthDrop',
] as const;

/** Choices that no label speaks of and that change from image to image. */
const LOOK_OF_IMAGE = [
  'eyes',
  'brows',
  'mouth',
  'clothing',
  'clothesColour',
  'graphic',
  'glasses',
  'glassesColour',
  'hat',
  'hatColour',
  'moustache',
  'beard',
  'shadow',
  'eyeShadow',
  'lipstick',
  'blush',
  'earrings',
  'necklace',
  'necktie',
  'fringe',
] as const;

/** Every free choice of a face, each a number in [0, 1) that the drawing turns into a colour, a shape or a size. */
export type Look = Readonly<
  Record<(typeof LOOK_OF_IDENTITY)[number] | (typeof LOOK_OF_IMAGE)[number], number>
>;

/** All that a face is drawn from: what the labels say, and what they leave open. */
export interface Traits {
  readonly attributes: Attributes;
  readonly look: Look;
}

/**
 * The traits of one image, from nothing but the seed, the identity and the image's number (both counted from 0).
 *
 * Labels and look are apart, so that a label can be turned on a face that otherwise stays as it is.
 */
export function sampleTraits(seed: number, identity: number, image: number): Traits {
  const look: Record<string, number> = {};
  for (const key of LOOK_OF_IDENTITY) look[key] = randomStream(seed, 'look of identity', key, identity)();
  for (const key of LOOK_OF_IMAGE) look[key] = randomStream(seed, 'look of image', key, image)();
  return { attributes: sampleAttributes(seed, identity, image), look: look as Look };
}
