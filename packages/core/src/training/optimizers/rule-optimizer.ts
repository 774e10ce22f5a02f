import * as tf from '@tensorflow/tfjs-core';
import { checkNumbers } from './check-numbers';
import { globalNormScale } from './global-norm-scale';
import type { Optimizer } from './optimizer';
import type { OptimizerOptions } from './optimizer-options';
import type { UpdateRule } from './update-rule';

/**
 * A rule with what all optimizers have in common: a state by variable name, clipping, weight decay, accumulation.
 *
 * In Keras' order: the gradients' mean over the accumulated steps, clipped, then the decay, then the update. Steps without
 * an update don't count for the rule. No more than one weight's gradient is copied at a time, but for accumulation's sums.
 *
 * @throws OptionError where an option is outside its range.
 */
export function ruleOptimizer(
  name: string,
  rule: UpdateRule,
  {
    learningRate,
    weightDecay,
    globalClipnorm,
    gradientAccumulationSteps,
  }: OptimizerOptions & { learningRate: number },
): Optimizer {
  checkNumbers(name, 'of 0 or more', { learningRate, weightDecay });
  checkNumbers(name, 'above 0', { globalClipnorm });
  checkNumbers(name, 'of 1 or more, a whole number', { gradientAccumulationSteps });
  const every = gradientAccumulationSteps ?? 1;
  const state = new Map<string, Record<string, tf.Variable>>();
  const sums = new Map<string, tf.Tensor>();
  let calls = 0;

  const slotsOf = (variable: tf.Variable) => {
    let slots = state.get(variable.name);
    if (!slots) {
      const zeros = () => tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
      slots = Object.fromEntries(rule.slots.map((slot) => [slot, zeros()]));
      state.set(variable.name, slots);
    }
    return slots;
  };
  const accumulate = (variable: string, gradient: tf.Tensor) => {
    const old = sums.get(variable);
    sums.set(variable, tf.keep(old ? tf.add(old, gradient) : tf.clone(gradient)));
    old?.dispose();
  };
  const forgetSums = () => {
    for (const sum of sums.values()) sum.dispose();
    sums.clear();
  };

  return {
    learningRate,
    rule,
    weightDecay,
    globalClipnorm,
    gradientAccumulationSteps,
    apply(variables, gradients) {
      const moving = variables.filter(({ name }) => gradients[name]);
      calls += 1;
      if (every > 1) for (const { name } of moving) accumulate(name, gradients[name]);
      if (calls % every !== 0 || moving.length === 0) return;
      const gradientOf = (variable: tf.Variable) =>
        every > 1 ? sums.get(variable.name)! : gradients[variable.name];
      tf.tidy(() => {
        const scale = globalClipnorm
          ? globalNormScale(moving.map(gradientOf), globalClipnorm, 1 / every)
          : 1 / every;
        for (const variable of moving) {
          const rate = this.learningRate * (this.learningRateFactors?.get(variable.name) ?? 1);
          const values = rule.scalarsAt(calls / every, rate);
          const scalars = Object.fromEntries(rule.scalars.map((scalar, i) => [scalar, values[i]]));
          tf.tidy(() => {
            const gradient = scale === 1 ? gradientOf(variable) : tf.mul(gradientOf(variable), scale);
            if (weightDecay) variable.assign(tf.sub(variable, tf.mul(variable, weightDecay * rate)));
            rule.update(variable, gradient, slotsOf(variable), scalars);
          });
        }
      });
      forgetSums();
    },
    dispose() {
      for (const slots of state.values()) tf.dispose(slots);
      state.clear();
      forgetSums();
    },
  };
}
