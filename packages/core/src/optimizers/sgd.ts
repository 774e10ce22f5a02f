import { checkOptions, FLAG, FROM_0_TO_BELOW_1 } from '../options/check-options';
import { descentUpdate, momentumUpdate } from '../program/operations/updates';
import type { Optimizer } from './optimizer';
import { OPTIMIZER_RULES, type OptimizerOptions } from './optimizer-options';
import { ruleOptimizer } from './rule-optimizer';
import type { UpdateRule } from './update-rule';

/** Options of `sgd`. The defaults are those of Keras; that of `learningRate` is 0.01. */
export interface SgdOptions extends OptimizerOptions {
  /** The share of the last movement that is added to the next, from 0 (default) to below 1. */
  readonly momentum?: number;
  /** Whether to use Nesterov's momentum; default false. */
  readonly nesterov?: boolean;
}

/**
 * Gradient descent, `w -= learningRate · g`, with momentum `a = momentum · a − learningRate · g`, `w += a`.
 *
 * As `keras.optimizers.SGD`: the momentum accumulates gradients times learning rate. PyTorch multiplies by the rate
 * afterwards, which differs once the rate changes. With `nesterov`, `w += momentum · a − learningRate · g`. Without
 * momentum, `nesterov` has no effect.
 *
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { sgd } from '@thawjs/core';
 *
 * const w = tf.variable(tf.tensor1d([1]), true, 'w');
 * const optimizer = sgd({ learningRate: 0.1, momentum: 0.5 });
 * optimizer.apply([w], { w: tf.tensor1d([2]) });
 * optimizer.apply([w], { w: tf.tensor1d([2]) });
 * console.log(w.dataSync()[0].toFixed(4)); // 0.5000
 * optimizer.dispose();
 * ```
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  checkOptions('sgd', options, { ...OPTIMIZER_RULES, momentum: FROM_0_TO_BELOW_1, nesterov: FLAG });
  const { learningRate = 0.01, momentum = 0, nesterov = false, ...common } = options;
  const rule = momentum > 0 ? momentumRule(momentum, nesterov) : DESCENT;
  return ruleOptimizer('sgd', rule, { learningRate, ...common });
}

const DESCENT: UpdateRule = {
  slots: [],
  update: ({ program, weight, current, gradient, rate, after }) => [
    descentUpdate(program, { weight, current, slots: [], inputs: [gradient, rate], attributes: {}, after }),
  ],
};

function momentumRule(momentum: number, nesterov: boolean): UpdateRule {
  return {
    slots: ['momentum'],
    options: { momentum, nesterov },
    update: ({ program, weight, current, gradient, slots, rate, after }) => [
      momentumUpdate(program, {
        weight,
        current,
        slots: [slots.momentum],
        inputs: [gradient, rate],
        attributes: { momentum, nesterov },
        after,
      }),
    ],
  };
}
