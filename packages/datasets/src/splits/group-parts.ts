import { type RandomGenerator, shuffledRows } from '../random/random-generator';
import { excessChange } from './excess-change';
import { moveUnit, type PartCounts } from './part-counts';

/**
 * Deals groups out to the open parts, largest first, each to where it brings rows and labels nearest to the parts' shares;
 * no part stays empty as long as there are groups enough.
 *
 * @returns the part of every group; `parts` has been filled
 */
export function groupParts(parts: PartCounts, open: readonly number[], random: RandomGenerator): Uint8Array {
  const { members, width, count } = parts.units;
  const size = (unit: number) => members[unit * width + width - 1];
  const order = shuffledRows(count, random).sort((a, b) => size(b) - size(a));
  const partOf = new Uint8Array(count);
  const empty = new Set(open);
  order.forEach((unit, i) => {
    const choice = empty.size >= count - i && empty.size > 0 ? [...empty] : open;
    let best = choice[0];
    let least = Number.POSITIVE_INFINITY;
    for (const part of choice) {
      const cost = excessChange(parts, unit, part);
      if (cost < least) [best, least] = [part, cost];
    }
    empty.delete(best);
    partOf[unit] = best;
    moveUnit(parts, unit, best, 1);
  });
  return partOf;
}
