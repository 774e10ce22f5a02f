import { OptionError } from '../errors';
import { asymmetricLoss } from './asymmetric-loss';
import { binaryCrossentropy } from './binary-crossentropy';
import { focalLoss } from './focal-loss';
import type { Loss, LossDescription } from './loss';

/** The losses that have names. A new one needs a line here. */
const LOSSES: Readonly<Record<string, (options: object) => Loss>> = {
  asymmetricLoss,
  binaryCrossentropy,
  focalLoss,
};

/**
 * Makes a loss of its description, as recipes and JSON files have it.
 *
 * @throws OptionError if there is no loss of that name, or an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import { focalLoss, lossOf } from '@thawjs/core';
 *
 * const text = JSON.stringify(focalLoss({ positiveWeights: 'balanced' }));
 * console.log(text); // {"loss":"focalLoss","gamma":2,"labelSmoothing":0,"positiveWeights":"balanced"}
 * console.log(JSON.stringify(lossOf(JSON.parse(text))) === text); // true
 * ```
 */
export function lossOf({ loss, ...options }: LossDescription): Loss {
  if (!Object.hasOwn(LOSSES, loss)) {
    throw new OptionError(
      `lossOf: expected a loss among ${Object.keys(LOSSES).join(', ')}; received "${loss}".`,
    );
  }
  return LOSSES[loss](options);
}
