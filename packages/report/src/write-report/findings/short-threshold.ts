/** The least number of significant digits. */
const LEAST = 3;
/** With this many significant digits, every number reads back as itself. */
const ALL = 17;

/**
 * A threshold near the given one, with as few significant digits as give the same predictions, but at least
 * three. So a reader who copies it gets the numbers that are shown beside it.
 *
 * @param below the highest score below the threshold
 * @param next the lowest score at or above the threshold
 */
export function shortThreshold(threshold: number, below: number, next: number): number {
  if (!Number.isFinite(threshold)) return threshold;
  for (let digits = LEAST; digits < ALL; digits++) {
    const nearest = Number(threshold.toPrecision(digits));
    const step = 10 ** (Math.floor(Math.log10(Math.abs(threshold) || 1)) + 1 - digits);
    const lower = Number((nearest - step).toPrecision(digits));
    const fits = [nearest, lower].find((candidate) => candidate > below && candidate <= next);
    if (fits !== undefined) return fits;
  }
  return threshold;
}
