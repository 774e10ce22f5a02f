import { ABOVE_0, checkOptions, FROM_0_TO_BELOW_1 } from '../options/check-options';
import { type AdamAttributes, adamUpdate } from '../program/operations/updates';
import type { Optimizer } from './optimizer';
import { OPTIMIZER_RULES, type OptimizerOptions } from './optimizer-options';
import { ruleOptimizer } from './rule-optimizer';
import type { UpdateRule } from './update-rule';

/** Options of `adam` and `adamW`. The defaults are those of Keras; that of `learningRate` is 0.001. */
export interface AdamOptions extends OptimizerOptions {
  /** The decay rate of the first moment, from 0 to below 1; default 0.9. */
  readonly beta1?: number;
  /** The decay rate of the second moment, from 0 to below 1; default 0.999. */
  readonly beta2?: number;
  /** A number above 0 that is added to the root of the second moment; default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adam with Keras' numerics: `w -= α·m / (√v + ε)` with `α = learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ)`.
 *
 * Kingma and Ba, 2015 (arXiv:1412.6980), in the form of the last paragraph of section 2, as `keras.optimizers.Adam`.
 * TensorFlow.js' own Adam corrects both moments instead, so its ε counts differently; its learning rate can't be set.
 *
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { adam } from '@thawjs/core';
 *
 * const w = tf.variable(tf.tensor1d([1]), true, 'w');
 * const optimizer = adam({ learningRate: 0.5 });
 * optimizer.apply([w], { w: tf.tensor1d([2]) });
 * console.log(w.dataSync()[0].toFixed(4)); // 0.5000
 * optimizer.dispose();
 * ```
 */
export function adam(options: AdamOptions = {}): Optimizer {
  checkOptions('adam', options, {
    ...OPTIMIZER_RULES,
    beta1: FROM_0_TO_BELOW_1,
    beta2: FROM_0_TO_BELOW_1,
    epsilon: ABOVE_0,
  });
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...common } = options;
  return ruleOptimizer('adam', adamRule({ beta1, beta2, epsilon }), { learningRate, ...common });
}

function adamRule(attributes: AdamAttributes): UpdateRule {
  return {
    slots: ['m', 'v'],
    options: { ...attributes },
    // Computed in float32, as in Keras: in the first steps, 1 − β₂ᵗ is so small that the rounding of β₂ matters.
    shared: (ops, step) => [ops.pow(attributes.beta1, step), ops.pow(attributes.beta2, step)],
    update: ({ program, weight, current, gradient, slots, rate, shared, after }) => [
      adamUpdate(program, {
        weight,
        current,
        slots: [slots.m, slots.v],
        inputs: [gradient, rate, ...shared],
        attributes,
        after,
      }),
    ],
  };
}
