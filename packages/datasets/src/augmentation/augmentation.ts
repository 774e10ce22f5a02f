import { DatasetOptionError } from '../errors';

/** How images are varied; each image of each epoch draws its own values. */
export interface Augmentation {
  /** Mirror left to right with probability ½. */
  readonly flip: boolean;
  /** Turn about the centre by an angle uniform in ± this fraction of a full turn, as Keras' `RandomRotation`. */
  readonly rotation: number;
  /** Scale about the centre by 1 + z, z uniform in ± this fraction, as Keras' `RandomZoom`; z > 0 shows more. */
  readonly zoom: number;
}

/** What `augment` takes; what is left out stays off. */
export type AugmentOptions = Partial<Augmentation>;

/**
 * Checks the options and fills in what is left out; undefined when nothing is asked for.
 *
 * @throws {DatasetOptionError} rotation outside [0, 0.5] or zoom outside [0, 1)
 */
export function augmentation({
  flip = false,
  rotation = 0,
  zoom = 0,
}: AugmentOptions): Augmentation | undefined {
  if (!(rotation >= 0 && rotation <= 0.5)) {
    throw new DatasetOptionError(
      `augment: expected rotation as a fraction of a full turn in [0, 0.5]; received ${rotation}. 10° is 10 / 360.`,
    );
  }
  if (!(zoom >= 0 && zoom < 1)) {
    throw new DatasetOptionError(`augment: expected zoom as a fraction in [0, 1); received ${zoom}.`);
  }
  return flip || rotation > 0 || zoom > 0 ? { flip, rotation, zoom } : undefined;
}
