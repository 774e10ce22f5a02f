import * as tf from '@tensorflow/tfjs-core';
import { checkNumbers } from './check-numbers';
import type { Optimizer } from './optimizer';
import type { OptimizerOptions } from './optimizer-options';
import { ruleOptimizer } from './rule-optimizer';
import type { KernelInput, UpdateRule } from './update-rule';

/** Options of `rmsprop`; defaults as in Keras, 0.001 for `learningRate`. */
export interface RmspropOptions extends OptimizerOptions {
  /** Decay of the mean squared gradient; default 0.9. */
  readonly rho?: number;
  /** Share of the last movement that goes on, from 0 (default) to below 1. */
  readonly momentum?: number;
  /** Default 1e-7; under the root, as in Keras and unlike torch. */
  readonly epsilon?: number;
  /** Whether to divide by the gradients' deviation from their mean rather than by their size; default false. */
  readonly centered?: boolean;
}

/**
 * RMSprop: `v = ρ·v + (1 − ρ)·g²`, `w -= learningRate · g / √(v + ε)`, with a momentum where one is given.
 *
 * Hinton's lecture 6e (2012), as `keras.optimizers.RMSprop`. Centered, v minus the square of the gradients' running mean
 * stands for v (Graves, arXiv:1308.0850).
 *
 * @throws OptionError where an option is outside its range.
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
  const {
    learningRate = 1e-3,
    rho = 0.9,
    momentum = 0,
    epsilon = 1e-7,
    centered = false,
    ...common
  } = options;
  checkNumbers('rmsprop', 'from 0 to below 1', { rho, momentum });
  checkNumbers('rmsprop', 'above 0', { epsilon });
  return ruleOptimizer('rmsprop', rmspropRule({ rho, momentum, epsilon, centered }), {
    learningRate,
    ...common,
  });
}

/** `update` keeps the means divided by `1 − ρ`, which takes a pass over memory less. */
function rmspropRule({
  rho,
  momentum,
  epsilon,
  centered,
}: Required<Pick<RmspropOptions, 'rho' | 'momentum' | 'epsilon' | 'centered'>>): UpdateRule {
  // TensorFlow's kernel wants the momentum's slot even where the momentum is 0.
  const slots = [...(centered ? ['mean'] : []), 'square', 'momentum'];
  const constants: KernelInput[] = [rho, momentum, epsilon].map((constant) => ({ constant }));
  return {
    slots,
    scalars: ['learningRate'],
    scalarsAt: (_, learningRate) => [learningRate],
    update(variable, gradient, { mean, square, momentum: moved }, { learningRate }) {
      tf.tidy(() => {
        square.assign(tf.add(tf.mul(square, rho), tf.square(gradient)));
        if (centered) mean.assign(tf.add(tf.mul(mean, rho), gradient));
        const spread = centered ? tf.sub(square, tf.mul(tf.square(mean), 1 - rho)) : square;
        const size = tf.sqrt(tf.add(spread, epsilon / (1 - rho)));
        const step = tf.div(tf.mul(gradient, learningRate / Math.sqrt(1 - rho)), size);
        if (momentum > 0) moved.assign(tf.add(tf.mul(moved, momentum), step));
        variable.assign(tf.sub(variable, momentum > 0 ? moved : step));
      });
    },
    kernel: {
      op: centered ? 'ResourceApplyCenteredRMSProp' : 'ResourceApplyRMSProp',
      inputs: [
        ...slots.map((slot) => ({ slot })),
        { scalar: 'learningRate' },
        ...constants,
        { gradient: true },
      ],
    },
  };
}
