import { OptionError } from '../errors';
import { defineLoss } from './define-loss';
import type { Loss } from './loss';

/** Options of `binaryCrossentropy`. */
export interface BinaryCrossentropyOptions {
  /** From 0 (default) to 1: the label y becomes `y · (1 − labelSmoothing) + labelSmoothing / 2`, as in Keras. */
  readonly labelSmoothing?: number;
  /** One factor above 0 per label for the term of its positive images, as PyTorch's `pos_weight`; by default 1 each. */
  readonly positiveWeights?: readonly number[];
}

/**
 * Binary cross-entropy, `−mean over labels of (w·y·ln p + (1 − y)·ln(1 − p))`, as `keras.losses.BinaryCrossentropy`. The
 * mean is taken over the known labels of an image. An image without known labels has the loss 0.
 *
 * Training computes the loss from logits, so it doesn't overflow, and its gradient doesn't vanish if a probability
 * rounds to 0 or 1. If the loss is called with probabilities, it keeps them 1e-7 away from 0 and 1, as Keras does.
 *
 * `positiveWeights` takes the place of `classWeight`, which is for single-label data: tfjs-layers' `classWeight` weighs a
 * multi-hot row by its first label only.
 *
 * @returns a loss for `fineTune` or `phase`. The caller of the loss disposes its result, or calls it in a tidy.
 * @throws OptionError if a weight is not a positive number, or the smoothing is outside 0 to 1.
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
export function binaryCrossentropy({
  labelSmoothing = 0,
  positiveWeights,
}: BinaryCrossentropyOptions = {}): Loss {
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new OptionError(
      `binaryCrossentropy: expected labelSmoothing from 0 to 1; received ${labelSmoothing}.`,
    );
  }
  const bad = positiveWeights?.findIndex((weight) => !(weight > 0 && Number.isFinite(weight))) ?? -1;
  if (bad >= 0) {
    throw new OptionError(
      `binaryCrossentropy: expected positiveWeights above 0; number ${bad} is ${positiveWeights?.[bad]}.`,
    );
  }
  return defineLoss(({ ops, logits, labels }) => {
    const count = Number(logits.sizes[1]);
    if (positiveWeights && positiveWeights.length !== count) {
      throw new OptionError(
        `binaryCrossentropy: expected one of positiveWeights per label, ${count}; received ${positiveWeights.length}.`,
      );
    }
    const smooth = ops.add(ops.mul(labels, 1 - labelSmoothing), labelSmoothing / 2);
    const y = labelSmoothing === 0 ? labels : smooth;
    const ofPositives = ops.mul(
      positiveWeights ? ops.mul(y, positiveWeights) : y,
      ops.softplus(ops.neg(logits)),
    );
    return ops.add(ofPositives, ops.mul(ops.sub(1, y), ops.softplus(logits)));
  });
}
