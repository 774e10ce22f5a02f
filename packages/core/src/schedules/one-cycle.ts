import { ABOVE_0, checkIsOptions, numberRule, oneOf } from '../options/check-options';
import { halfCosine } from './cosine';
import { type NamedSchedule, namedSchedule } from './schedule';

/** Options of `oneCycle`. Names and defaults are those of PyTorch's `OneCycleLR`. */
export interface OneCycleOptions {
  /** The share of the phase in which the rate rises, above 0 and below 1; default 0.3. fastai's default is 0.25. */
  readonly pctStart?: number;
  /** Whether the rate follows half a wave of the cosine (default) or a straight line, up and down. */
  readonly annealStrategy?: 'cos' | 'linear';
  /** The first rate is `learningRate / divFactor`; default 25. */
  readonly divFactor?: number;
  /** The last rate is the first rate divided by this; default 10,000. */
  readonly finalDivFactor?: number;
}

/**
 * One cycle of the rate: up from `learningRate / divFactor` to `learningRate`, then down to nearly 0.
 *
 * Smith and Topin, 2018 (arXiv:1708.07120), as PyTorch's `OneCycleLR` without its third phase. The momentum doesn't change.
 *
 * @param learningRate the highest rate, above 0. `lrFind` suggests one.
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import { oneCycle } from '@thawjs/core';
 *
 * const schedule = oneCycle(0.01, { pctStart: 0.25 });
 * console.log([0, 0.25, 0.625].map((progress) => schedule(progress).toFixed(4)).join(' ')); // 0.0004 0.0100 0.0050
 * ```
 */
export function oneCycle(learningRate: number, given: OneCycleOptions = {}): NamedSchedule {
  checkIsOptions('oneCycle', given);
  const { pctStart = 0.3, annealStrategy = 'cos', divFactor = 25, finalDivFactor = 1e4, ...misspelt } = given;
  const first = learningRate / divFactor;
  const last = first / finalDivFactor;
  const between = annealStrategy === 'cos' ? halfCosine : line;
  return namedSchedule('oneCycle', learningRate, {
    options: { pctStart, annealStrategy, divFactor, finalDivFactor, ...misspelt },
    rules: {
      pctStart: numberRule('above 0 and below 1', (value) => value > 0 && value < 1),
      annealStrategy: oneOf('cos', 'linear'),
      divFactor: ABOVE_0,
      finalDivFactor: ABOVE_0,
    },
    rateAt: (progress) =>
      progress <= pctStart
        ? between(first, learningRate, progress / pctStart)
        : between(learningRate, last, (progress - pctStart) / (1 - pctStart)),
  });
}

function line(from: number, to: number, progress: number): number {
  return from + (to - from) * progress;
}
