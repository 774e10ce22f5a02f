import { checkIsOptions } from '../options/check-options';
import { type NamedSchedule, type WarmupOptions, warmedSchedule } from './schedule';

/**
 * The same rate at each step, after a linear warm-up if `warmup` is given.
 *
 * @param learningRate the rate, above 0.
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import { constant } from '@thawjs/core';
 *
 * const schedule = constant(0.01, { warmup: 0.1 });
 * console.log([0, 0.05, 0.1, 1].map(schedule)); // [ 0, 0.005, 0.01, 0.01 ]
 * ```
 */
export function constant(learningRate: number, options: WarmupOptions = {}): NamedSchedule {
  checkIsOptions('constant', options);
  return warmedSchedule('constant', learningRate, options, {
    options: {},
    rules: {},
    rateAt: () => learningRate,
  });
}
