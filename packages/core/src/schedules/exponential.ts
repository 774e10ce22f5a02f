import { ABOVE_0, checkIsOptions, FLAG } from '../options/check-options';
import { type NamedSchedule, ROUNDING, type WarmupOptions, warmedSchedule } from './schedule';

/** Options of `exponential`. */
export interface ExponentialOptions extends WarmupOptions {
  /** The factor of the rate after each `decayShare` of the phase, above 0; default 0.01. */
  readonly decayRate?: number;
  /** The share of the phase in which the rate is multiplied by `decayRate` once, above 0; default 1, the whole phase. */
  readonly decayShare?: number;
  /** Whether the rate falls in steps, each after `decayShare`, rather than smoothly; default false. */
  readonly staircase?: boolean;
}

/**
 * A rate that falls exponentially: `learningRate · decayRate^(progress / decayShare)`, with the exponent rounded down if
 * `staircase` is set. A warm-up comes first if `warmup` is given.
 *
 * As `keras.optimizers.schedules.ExponentialDecay`, whose `decay_steps` is a share of the phase here.
 *
 * @param learningRate the first rate, above 0.
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import { exponential } from '@thawjs/core';
 *
 * const schedule = exponential(0.1);
 * console.log([0, 0.5, 1].map((progress) => schedule(progress).toFixed(3)).join(' ')); // 0.100 0.010 0.001
 * ```
 */
export function exponential(learningRate: number, given: ExponentialOptions = {}): NamedSchedule {
  checkIsOptions('exponential', given);
  const { decayRate = 0.01, decayShare = 1, staircase = false, ...options } = given;
  return warmedSchedule('exponential', learningRate, options, {
    options: { decayRate, decayShare, staircase },
    rules: { decayRate: ABOVE_0, decayShare: ABOVE_0, staircase: FLAG },
    rateAt: (progress) => {
      const times = progress / decayShare;
      return learningRate * decayRate ** (staircase ? Math.floor(times + ROUNDING) : times);
    },
  });
}
