import { checkOption, checkOptions, FROM_0_TO_BELOW_1, numberRule, oneOf } from '../options/check-options';

/**
 * How a phase averages the learning weights. A number is short for `{ kind: 'ema', momentum }`.
 *
 * - `'ema'`: an exponential moving average, `average = momentum · average + (1 − momentum) · weight` after each update.
 * - `'swa'`: the mean of the weights after each update from the progress `from` on, 0 to below 1, default 0.75.
 *   Before, the model holds the weights themselves. Izmailov et al., 2018 (arXiv:1803.05407), who average once per epoch.
 * - `'auto'`: an exponential moving average over about a tenth of the phase's updates, with momentum `1 − 10 / updates`.
 *   The first updates count equally, so that the initial weights don't weigh more than those of later updates. If the steps
 *   can't average weights, a note says so, and nothing is averaged.
 * - `false`: nothing is averaged.
 */
export type WeightAverage =
  | number
  | false
  | 'auto'
  | { readonly kind: 'ema'; readonly momentum: number }
  | { readonly kind: 'swa'; readonly from?: number };

/** The share of the new weights in the average, from 0 to 1, after update `update` of `updates`, counted from 0. */
export type AverageShare = (update: number, updates: number) => number;

const MOMENTUM = numberRule('above 0 and below 1', (value) => value > 0 && value < 1);

/** The part of a phase's updates over which `'auto'` averages. */
const AUTO_PART = 0.1;

/**
 * Checks how weights are averaged; undefined if they aren't.
 *
 * @throws OptionError if an option is misspelt or outside its range.
 */
export function averageShare(caller: string, average: WeightAverage): AverageShare | undefined {
  if (average === false) return undefined;
  if (average === 'auto') {
    return (update, updates) => Math.min(1, Math.max(1 / (update + 1), 1 / (AUTO_PART * updates)));
  }
  if (typeof average !== 'object' || average === null) {
    checkOption(caller, 'weightAverage', average, MOMENTUM);
    return () => 1 - average;
  }
  const name = `${caller}: weightAverage`;
  checkOption(name, 'kind', average.kind, oneOf('ema', 'swa'));
  if (average.kind === 'ema') {
    checkOptions(name, average, { kind: oneOf('ema'), momentum: MOMENTUM });
    checkOption(name, 'momentum', average.momentum, MOMENTUM);
    return () => 1 - average.momentum;
  }
  checkOptions(name, average, { kind: oneOf('swa'), from: FROM_0_TO_BELOW_1 });
  const { from = 0.75 } = average;
  return (update, updates) => {
    const first = Math.ceil(from * (updates - 1));
    return update < first ? 1 : 1 / (update - first + 1);
  };
}

/** Whether weights are averaged with equal weights, which no BatchNormalization's statistics are of. */
export function isStochastic(average: WeightAverage | undefined): boolean {
  return typeof average === 'object' && average.kind === 'swa';
}
