import { checkIsOptions, FROM_0, FROM_0_TO_1 } from '../options/check-options';
import { crossentropy, focusing, type LabelLossOptions, labelLoss } from './label-loss';
import type { Loss } from './loss';

/** Options of `focalLoss`. */
export interface FocalLossOptions extends LabelLossOptions {
  /** The exponent of the focusing factor, 0 or more; default 2, as in Keras. 0 makes binary cross-entropy. */
  readonly gamma?: number;
  /** From 0 to 1: positive labels count `alpha`, negative ones `1 − alpha`; by default both count 1. The paper has 0.25. */
  readonly alpha?: number;
}

/**
 * The focal loss: binary cross-entropy times `(1 − pₜ)ᵞ`, in which pₜ is the predicted probability of the true label.
 * Labels that are predicted well count less.
 *
 * Lin et al., 2017 (arXiv:1708.02002), as `keras.losses.BinaryFocalCrossentropy`, whose `apply_class_balancing` is meant if
 * `alpha` is given. Labels between 0 and 1 and label smoothing give `pₜ = y·p + (1 − y)·(1 − p)`, as there.
 *
 * @returns a loss for `fineTune` or `phase`.
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { focalLoss } from '@thawjs/core';
 *
 * const loss = focalLoss({ gamma: 2 });
 * const perImage = loss(tf.tensor2d([[1, 0]]), tf.tensor2d([[0.5, 0.5]]));
 * console.log(perImage.dataSync()[0].toFixed(4)); // 0.1733
 * ```
 */
export function focalLoss(given: FocalLossOptions = {}): Loss {
  checkIsOptions('focalLoss', given);
  const { gamma = 2, alpha, ...options } = given;
  return labelLoss('focalLoss', options, {
    own: { gamma, ...(alpha !== undefined && { alpha }) },
    rules: { gamma: FROM_0, alpha: FROM_0_TO_1 },
    losses: (input) => {
      const { ops, logits, labels, probabilities } = input;
      const absence = ops.sub(1, labels);
      // 1 − p from the logits: subtracting from 1 would lose the small ones.
      const missed = ops.add(ops.mul(labels, ops.sigmoid(ops.neg(logits))), ops.mul(absence, probabilities));
      const factor = focusing(ops, missed, gamma);
      const focused = factor ? ops.mul(factor, crossentropy(input)) : crossentropy(input);
      if (alpha === undefined) return focused;
      return ops.mul(focused, ops.add(ops.mul(labels, alpha), ops.mul(absence, 1 - alpha)));
    },
  });
}
