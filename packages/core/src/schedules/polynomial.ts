import { ABOVE_0, checkIsOptions, FROM_0 } from '../options/check-options';
import { type NamedSchedule, type WarmupOptions, warmedSchedule } from './schedule';

/** Options of `polynomial`. */
export interface PolynomialOptions extends WarmupOptions {
  /** The exponent, above 0; default 1, a straight line. */
  readonly power?: number;
  /** The rate at the last step, 0 or more; default 0. Keras' default is 0.0001. */
  readonly end?: number;
}

/**
 * A rate that falls from `learningRate` to `end` as a power of the remaining share of the phase:
 * `end + (learningRate − end) · (1 − progress)ᵖᵒʷᵉʳ`. A warm-up comes first if `warmup` is given.
 *
 * As `keras.optimizers.schedules.PolynomialDecay`, whose steps are counted in shares of the phase here.
 *
 * @param learningRate the first rate, above 0.
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import { polynomial } from '@thawjs/core';
 *
 * console.log([0, 0.5, 1].map(polynomial(0.1))); // [ 0.1, 0.05, 0 ]
 * console.log([0, 0.5, 1].map(polynomial(0.1, { power: 2 }))); // [ 0.1, 0.025, 0 ]
 * ```
 */
export function polynomial(learningRate: number, given: PolynomialOptions = {}): NamedSchedule {
  checkIsOptions('polynomial', given);
  const { power = 1, end = 0, ...options } = given;
  return warmedSchedule('polynomial', learningRate, options, {
    options: { power, end },
    rules: { power: ABOVE_0, end: FROM_0 },
    rateAt: (progress) => end + (learningRate - end) * (1 - progress) ** power,
  });
}
