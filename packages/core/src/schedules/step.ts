import { ABOVE_0, checkIsOptions, type OptionRule } from '../options/check-options';
import { type NamedSchedule, ROUNDING, type WarmupOptions, warmedSchedule } from './schedule';

/** Options of `step`. */
export interface StepDecayOptions extends WarmupOptions {
  /** The shares of the phase at which the rate falls, from 0 to 1, in ascending order; default `[0.5, 0.75]`. */
  readonly milestones?: readonly number[];
  /** The factor of the rate at each milestone, above 0; default 0.1. */
  readonly gamma?: number;
}

const MILESTONES: OptionRule = {
  accepts: (value) =>
    Array.isArray(value) && value.every((at, i) => at >= 0 && at <= 1 && (i === 0 || at > value[i - 1])),
  expected: 'to be a list of numbers from 0 to 1, in ascending order',
};

/**
 * A rate that is multiplied by `gamma` at each milestone. A warm-up comes first if `warmup` is given; the milestones are
 * then shares of the time after it.
 *
 * As PyTorch's `MultiStepLR`, and Keras' `PiecewiseConstantDecay`, but counted in shares of the phase. The new rate holds
 * from the milestone's own step, as in PyTorch.
 *
 * @param learningRate the first rate, above 0.
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import { step } from '@thawjs/core';
 *
 * const schedule = step(0.1, { milestones: [0.5, 0.75], gamma: 0.5 });
 * console.log([0, 0.49, 0.5, 1].map(schedule)); // [ 0.1, 0.1, 0.05, 0.025 ]
 * ```
 */
export function step(learningRate: number, given: StepDecayOptions = {}): NamedSchedule {
  checkIsOptions('step', given);
  const { milestones = [0.5, 0.75], gamma = 0.1, ...options } = given;
  return warmedSchedule('step', learningRate, options, {
    options: { milestones, gamma },
    rules: { milestones: MILESTONES, gamma: ABOVE_0 },
    rateAt: (progress) => learningRate * gamma ** milestones.filter((at) => progress + ROUNDING >= at).length,
  });
}
