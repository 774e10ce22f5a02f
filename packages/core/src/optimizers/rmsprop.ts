import { ABOVE_0, checkOptions, FLAG, FROM_0_TO_BELOW_1 } from '../options/check-options';
import { type RmspropAttributes, rmspropUpdate } from '../program/operations/updates';
import type { Optimizer } from './optimizer';
import { OPTIMIZER_RULES, type OptimizerOptions } from './optimizer-options';
import { ruleOptimizer } from './rule-optimizer';
import type { UpdateRule } from './update-rule';

/** Options of `rmsprop`. The defaults are those of Keras; that of `learningRate` is 0.001. */
export interface RmspropOptions extends OptimizerOptions {
  /** The decay rate of the mean squared gradient, from 0 to below 1; default 0.9. */
  readonly rho?: number;
  /** The share of the last movement that is added to the next, from 0 (default) to below 1. */
  readonly momentum?: number;
  /** A number above 0 that is added under the root, as in Keras and unlike PyTorch; default 1e-7. */
  readonly epsilon?: number;
  /** Whether to divide by the gradient's standard deviation rather than by its root mean square; default false. */
  readonly centered?: boolean;
}

/**
 * RMSprop: `v = ρ·v + (1 − ρ)·g²`, `w -= learningRate · g / √(v + ε)`, with optional momentum.
 *
 * Hinton's lecture 6e (2012), as `keras.optimizers.RMSprop`. With `centered`, the square of the gradient's moving mean is
 * subtracted from v under the root (Graves, arXiv:1308.0850).
 *
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { rmsprop } from '@thawjs/core';
 *
 * const w = tf.variable(tf.tensor1d([1]), true, 'w');
 * const optimizer = rmsprop({ learningRate: 0.1, rho: 0.75 });
 * optimizer.apply([w], { w: tf.tensor1d([2]) });
 * console.log(w.dataSync()[0].toFixed(4)); // 0.8000
 * optimizer.dispose();
 * ```
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  checkOptions('rmsprop', options, {
    ...OPTIMIZER_RULES,
    rho: FROM_0_TO_BELOW_1,
    momentum: FROM_0_TO_BELOW_1,
    epsilon: ABOVE_0,
    centered: FLAG,
  });
  const {
    learningRate = 1e-3,
    rho = 0.9,
    momentum = 0,
    epsilon = 1e-7,
    centered = false,
    ...common
  } = options;
  return ruleOptimizer('rmsprop', rmspropRule({ rho, momentum, epsilon, centered }), {
    learningRate,
    ...common,
  });
}

function rmspropRule(attributes: RmspropAttributes): UpdateRule {
  // TensorFlow's kernel needs the slot of the momentum, even if the momentum is 0.
  const names = [...(attributes.centered ? ['mean'] : []), 'square', 'momentum'];
  return {
    slots: names,
    options: { ...attributes },
    update: ({ program, weight, current, gradient, slots, rate, after }) => [
      rmspropUpdate(program, {
        weight,
        current,
        slots: names.map((name) => slots[name]),
        inputs: [gradient, rate],
        attributes,
        after,
      }),
    ],
  };
}
