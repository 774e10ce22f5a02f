import type { PartCounts } from './part-counts';

/** How much the sum of squared relative deviations changes when a unit comes into a part. */
export function excessChange({ units, excess, scale }: PartCounts, unit: number, part: number): number {
  const { width, members } = units;
  let sum = 0;
  for (let column = 0, p = part * width; column < width; column++, p++) {
    const moved = members[unit * width + column]!;
    if (moved !== 0) sum += moved * (moved + 2 * excess[p]!) * scale[p]! ** 2;
  }
  return sum;
}
