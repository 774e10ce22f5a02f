import { OptionError } from '../errors';
import { defineLoss } from './define-loss';
import type { Loss } from './loss';

/** Options of `binaryCrossentropy`. */
export interface BinaryCrossentropyOptions {
  /** 0 (default) to 1: labels are drawn to ½ by this share, as in Keras. */
  readonly labelSmoothing?: number;
  /** One factor a label for its positives' term, as torch's `pos_weight`; by default 1 each. */
  readonly positiveWeights?: readonly number[];
}

/**
 * Binary cross-entropy, `−mean over labels of (w·y·ln p + (1 − y)·ln(1 − p))`, as `keras.losses.BinaryCrossentropy`. The
 * mean is over the labels that are known of an image; without any its loss is 0.
 *
 * In training it is computed from the logits, so that it neither overflows nor loses its gradient where a probability is
 * rounded to 0 or 1. Called with probabilities, it keeps them 1e-7 from 0 and 1, as Keras does.
 *
 * `positiveWeights` is what `classWeight` is for single-label data; tfjs-layers' takes the argmax of a
 * multi-hot row and so weighs it by its first label.
 *
 * @returns a loss for `fineTune` or `phase`; the caller disposes what it returns (or calls it in a tidy).
 * @throws OptionError where a weight is not a positive number or the smoothing is outside 0 to 1.
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
