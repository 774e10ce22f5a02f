import type { Interval } from './intervals-of';

/**
 * An interval of an average precision: symmetric in its logit, with the variance of a share of as many trials
 * as there are positives (Boyd, Eng and Page 2013, "Area under the precision-recall curve: point estimates
 * and confidence intervals"). A value of 0 or 1 has no logit, so both ends are the value itself.
 */
export function logitInterval(share: number, trials: number, z: number): Interval {
  const spread = z / Math.sqrt(trials * share * (1 - share));
  if (!Number.isFinite(spread)) return { low: share, high: share };
  const logit = Math.log(share / (1 - share));
  return { low: 1 / (1 + Math.exp(spread - logit)), high: 1 / (1 + Math.exp(-spread - logit)) };
}
