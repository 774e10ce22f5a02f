import * as tf from '@tensorflow/tfjs-core';
import { stateOf } from '../model/state-of';
import { checkOptions } from '../options/check-options';
import { Program, type State, type Value } from '../program/ir';
import { input } from '../program/operations/sources';
import { OwnStates, runAtOnce } from '../run/interpret';
import type { Optimizer } from './optimizer';
import { OPTIMIZER_RULES, type OptimizerOptions } from './optimizer-options';
import { optimizerProgram } from './optimizer-program';
import type { UpdateRule } from './update-rule';

/**
 * Makes an optimizer of a rule: adds slots by variable name, clipping, weight decay and accumulation.
 *
 * A phase makes the rule a part of its step's program. `apply` runs the same updates by themselves, without a phase.
 *
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { assign, ruleOptimizer, type UpdateRule } from '@thawjs/core';
 *
 * // each weight moves by the rate, against the sign of its gradient
 * const signDescent: UpdateRule = {
 *   slots: [],
 *   update: ({ program, ops, weight, current, gradient, rate, after }) => [
 *     assign(program, weight, ops.sub(current, ops.mul(rate, ops.sign(gradient))), after, current),
 *   ],
 * };
 * const optimizer = ruleOptimizer('signDescent', signDescent, { learningRate: 0.25 });
 * const w = tf.variable(tf.tensor1d([1, 1]), true, 'w');
 * optimizer.apply([w], { w: tf.tensor1d([8, -0.1]) });
 * console.log([...w.dataSync()]); // [ 0.75, 1.25 ]
 * optimizer.dispose();
 * ```
 */
export function ruleOptimizer(
  name: string,
  rule: UpdateRule,
  options: OptimizerOptions & { learningRate: number },
): Optimizer {
  const { learningRate, weightDecay, globalClipnorm, gradientAccumulationSteps } = options;
  checkOptions(name, options, OPTIMIZER_RULES);
  const every = gradientAccumulationSteps ?? 1;
  const values = new OwnStates();
  const slots = new Map<string, State>();
  let calls = 0;

  const slotOf = (slot: string, weight?: State): State => {
    const key = weight ? `${weight.name}/${slot}` : slot;
    const state = slots.get(key) ?? { name: key, sizes: weight?.sizes ?? [] };
    slots.set(key, state);
    return state;
  };

  return {
    learningRate,
    rule,
    toJSON: () => ({
      optimizer: name,
      ...rule.options,
      weightDecay,
      globalClipnorm,
      gradientAccumulationSteps,
    }),
    weightDecay,
    globalClipnorm,
    gradientAccumulationSteps,
    apply(variables, gradients) {
      const moving = variables.filter((variable) => gradients[variable.name]);
      calls += 1;
      if (moving.length === 0) return;
      const program = new Program();
      const given = new Map<Value, tf.Tensor>();
      const ofWeights = new Map(
        moving.map((variable) => {
          const gradient = input(program, [], { name: variable.name, sizes: variable.shape });
          given.set(gradient, gradients[variable.name]);
          return [stateOf(variable), gradient] as const;
        }),
      );
      const made = optimizerProgram(program, ofWeights, {
        rule,
        optimizer: this,
        stateOf: slotOf,
        rateFactorOf: ({ name }) => this.learningRateFactors?.get(name) ?? 1,
      });
      const moves = calls % every === 0;
      const rate = tf.scalar(this.learningRate);
      given.set(made.rate, rate);
      runAtOnce({ program, outputs: [], updates: moves ? made.update : made.accumulate }, given, {
        own: values,
      });
      rate.dispose();
      // The sums are dropped rather than set to 0: their memory is free until the next step.
      if (moves && every > 1) for (const weight of ofWeights.keys()) values.forget(slotOf('sum', weight));
    },
    dispose: () => values.dispose(),
  };
}
