import { checkIsOptions, FROM_0 } from '../options/check-options';
import { type NamedSchedule, type WarmupOptions, warmedSchedule } from './schedule';

/** Options of `cosine`. */
export interface CosineOptions extends WarmupOptions {
  /** The rate at the last step, 0 or more; default 0. */
  readonly end?: number;
}

/**
 * A rate that falls from `learningRate` to `end` along half a wave of the cosine, after a linear warm-up if `warmup` is
 * given: `end + (learningRate − end) · (1 + cos(π · progress)) / 2`.
 *
 * Loshchilov and Hutter, 2017 (arXiv:1608.03983), without restarts. As `keras.optimizers.schedules.CosineDecay`, whose
 * `alpha` is `end / learningRate`, and whose steps are counted in shares of the phase here.
 *
 * @param learningRate the highest rate, above 0.
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import { cosine } from '@thawjs/core';
 *
 * const schedule = cosine(3e-3, { warmup: 0.05 });
 * console.log([0, 0.05, 0.525, 1].map((progress) => schedule(progress).toFixed(4)).join(' ')); // 0.0000 0.0030 0.0015 0.0000
 * ```
 */
export function cosine(learningRate: number, given: CosineOptions = {}): NamedSchedule {
  checkIsOptions('cosine', given);
  const { end = 0, ...options } = given;
  return warmedSchedule('cosine', learningRate, options, {
    options: { end },
    rules: { end: FROM_0 },
    rateAt: (progress) => halfCosine(learningRate, end, progress),
  });
}

/** The number from `from` to `to`, along half a wave of the cosine. */
export function halfCosine(from: number, to: number, progress: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * progress))) / 2;
}
