import { type AdamAttributes, adamUpdate } from '../../program/operations/updates';
import { checkNumbers } from './check-numbers';
import type { Optimizer } from './optimizer';
import type { OptimizerOptions } from './optimizer-options';
import { ruleOptimizer } from './rule-optimizer';
import type { UpdateRule } from './update-rule';

/** Options of `adam` and `adamW`; defaults as in Keras, 0.001 for `learningRate`. */
export interface AdamOptions extends OptimizerOptions {
  /** Decay of the first moment; default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment; default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adam with Keras' numerics: `w -= α·m / (√v + ε)` with `α = learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ)`.
 *
 * Kingma and Ba, 2015 (arXiv:1412.6980), in the form before section 2.1's last remark, as `keras.optimizers.Adam`.
 * tfjs' own divides both moments instead, so that its ε weighs differently, and its rate can't be set.
 *
 * @throws OptionError where an option is outside its range.
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
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...common } = options;
  checkNumbers('adam', 'from 0 to below 1', { beta1, beta2 });
  checkNumbers('adam', 'above 0', { epsilon });
  return ruleOptimizer('adam', adamRule({ beta1, beta2, epsilon }), { learningRate, ...common });
}

function adamRule(attributes: AdamAttributes): UpdateRule {
  return {
    slots: ['m', 'v'],
    // In float32, as Keras: in the first steps 1 − β₂ᵗ is so small that the rounding of β₂ shows.
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
