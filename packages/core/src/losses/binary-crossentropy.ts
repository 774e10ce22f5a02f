import { checkIsOptions } from '../options/check-options';
import { crossentropy, type LabelLossOptions, labelLoss } from './label-loss';
import type { Loss } from './loss';

/** Options of `binaryCrossentropy`. */
export interface BinaryCrossentropyOptions extends LabelLossOptions {}

/**
 * Binary cross-entropy, `−mean over labels of (w·y·ln p + (1 − y)·ln(1 − p))`, as `keras.losses.BinaryCrossentropy`. The
 * mean is taken over the known labels of an image. An image without known labels has the loss 0.
 *
 * Training computes the loss from logits, so it doesn't overflow, and its gradient doesn't vanish if a probability
 * rounds to 0 or 1. If the loss is called with probabilities, it keeps them 1e-7 away from 0 and 1, as Keras does.
 *
 * `positiveWeights: 'balanced'` weighs the positive images of each label by negatives / positives of the training images.
 * `positiveWeights` takes the place of `classWeight`, which is for single-label data: tfjs-layers' `classWeight` weighs a
 * multi-hot row by its first label only.
 *
 * @returns a loss for `fineTune` or `phase`. The caller of the loss disposes its result, or calls it in a tidy.
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { binaryCrossentropy } from '@thawjs/core';
 *
 * const loss = binaryCrossentropy();
 * const perImage = loss(tf.tensor2d([[1, 0]]), tf.tensor2d([[0.5, 0.5]]));
 * console.log(perImage.dataSync()[0].toFixed(4)); // 0.6931
 * ```
 */
export function binaryCrossentropy(options: BinaryCrossentropyOptions = {}): Loss {
  checkIsOptions('binaryCrossentropy', options);
  return labelLoss('binaryCrossentropy', options, { own: {}, rules: {}, losses: crossentropy });
}
