import type { Interval } from './intervals-of';

/**
 * The Wilson score interval of a share of `hits` in `trials` (Wilson 1927; SciPy's
 * `proportion_ci(method='wilson')`). It lies in [0, 1], and is wider than a point for shares of 0 and 1, too.
 *
 * @param z the number of standard deviations on either side
 */
export function wilsonInterval(hits: number, trials: number, z: number): Interval {
  if (trials === 0) return { low: Number.NaN, high: Number.NaN };
  const share = hits / trials;
  const shrink = 1 + z ** 2 / trials;
  const centre = (share + z ** 2 / (2 * trials)) / shrink;
  const reach = (z / shrink) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return {
    low: hits === 0 ? 0 : centre - reach,
    high: hits === trials ? 1 : centre + reach,
  };
}
