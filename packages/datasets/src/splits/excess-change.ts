import { lacking, type PartCounts } from './part-counts';

/** The cost of a missing positive, which is higher than that of any deviation of shares. */
const MISSING = 1e15;

/**
 * How much the sum of squared relative deviations changes when a unit comes into a part; positives that the part still
 * lacks of their least number come before all of that.
 */
export function excessChange(parts: PartCounts, unit: number, part: number): number {
  const { units, excess, scale } = parts;
  const { width, members } = units;
  let sum = 0;
  for (let column = 0, p = part * width; column < width; column++, p++) {
    const moved = members[unit * width + column];
    if (moved === 0) continue;
    sum += moved * (moved + 2 * excess[p]) * scale[p] ** 2;
    sum += MISSING * (lacking(parts, p, excess[p] + moved) - lacking(parts, p, excess[p]));
  }
  return sum;
}
