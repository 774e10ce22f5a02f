import { checkIsOptions, FROM_0, FROM_0_TO_BELOW_1 } from '../options/check-options';
import { focusing, type LabelLossOptions, labelLoss } from './label-loss';
import type { Loss } from './loss';

/** Options of `asymmetricLoss`. The defaults are those of the paper's main results. */
export interface AsymmetricLossOptions extends LabelLossOptions {
  /** The exponent of the focusing factor of positive labels, γ₊, 0 (default) or more. */
  readonly gammaPositive?: number;
  /** The exponent of the focusing factor of negative labels, γ₋, 0 or more; default 4. */
  readonly gammaNegative?: number;
  /** The probability m up to which negative labels count nothing, from 0 to below 1; default 0.05. */
  readonly clip?: number;
}

/**
 * The asymmetric loss for many labels of which few are positive: `L₊ = −(1 − p)^γ₊ · ln p` for positive labels,
 * `L₋ = −pₘ^γ₋ · ln(1 − pₘ)` with `pₘ = max(p − m, 0)` for negative ones. A label y between 0 and 1 has
 * `y·L₊ + (1 − y)·L₋`.
 *
 * Ridnik et al., 2021 (arXiv:2009.14119), equations 4 to 7. The gradient goes through the focusing factors too, as in the
 * equations; the authors' code has an option to leave it out.
 *
 * @returns a loss for `fineTune` or `phase`.
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { asymmetricLoss } from '@thawjs/core';
 *
 * const loss = asymmetricLoss({ gammaNegative: 1, clip: 0.1 });
 * const [positive, negative, clipped] = [[1, 0.5], [0, 0.6], [0, 0.1]].map(([y, p]) =>
 *   loss(tf.tensor2d([[y]]), tf.tensor2d([[p]])).dataSync()[0].toFixed(4),
 * );
 * console.log(positive, negative, clipped); // 0.6931 0.3466 0.0000
 * ```
 */
export function asymmetricLoss(given: AsymmetricLossOptions = {}): Loss {
  checkIsOptions('asymmetricLoss', given);
  const { gammaPositive = 0, gammaNegative = 4, clip = 0.05, ...options } = given;
  return labelLoss('asymmetricLoss', options, {
    own: { gammaPositive, gammaNegative, clip },
    rules: { gammaPositive: FROM_0, gammaNegative: FROM_0, clip: FROM_0_TO_BELOW_1 },
    losses: ({ ops, logits, probabilities, labels, positives }) => {
      const absent = ops.sigmoid(ops.neg(logits));
      const ofPositive = ops.softplus(ops.neg(logits));
      const ofNegative =
        clip === 0 ? ops.softplus(logits) : ops.neg(ops.log(ops.minimum(ops.add(absent, clip), 1)));
      const [focusPositive, focusNegative] = [
        focusing(ops, absent, gammaPositive),
        focusing(ops, ops.sub(probabilities, clip), gammaNegative),
      ];
      return ops.add(
        ops.mul(positives, focusPositive ? ops.mul(focusPositive, ofPositive) : ofPositive),
        ops.mul(ops.sub(1, labels), focusNegative ? ops.mul(focusNegative, ofNegative) : ofNegative),
      );
    },
  });
}
