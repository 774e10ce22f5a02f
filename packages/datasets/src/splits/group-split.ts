import { positiveCounts } from '../labels/positive-counts';
import { randomGenerator } from '../random/random-generator';
import { shuffledRows } from '../random/shuffled-rows';
import { groupNumbers } from './group-numbers';
import type { SplitFractions } from './split-options';

const REFINEMENTS = 8;
/** The number of rows counts as this many labels do: a part's size matters more than any one label of it. */
const SIZE_WEIGHT = 4;

/**
 * The part (0, 1, 2) of every row, such that no group is in two parts and each part has its share of every label.
 *
 * Groups, largest first, go where they bring the parts closest to their targets: the sum over parts and labels of
 * (positives − target)² / (fraction · all positives), the number of rows being one more label. Then up to eight
 * rounds move single groups for as long as that sum falls. Cost: 202,599 rows × 40 labels in 10,177 groups in
 * about half a second.
 */
export function groupSplit(
  { y, labelCount, groups }: { y: Uint8Array; labelCount: number; groups: Int32Array | readonly string[] },
  { train, validation, test }: SplitFractions,
  seed: number,
): Uint8Array {
  const { numbers, count } = groupNumbers(groups);
  const width = labelCount + 1;
  const totals = new Float64Array(width);
  totals.set(positiveCounts(y, labelCount));
  totals[labelCount] = numbers.length;
  const members = groupCounts(y, labelCount, numbers, count);

  const fractions = [train, validation, test];
  const open = [0, 1, 2].filter((part) => fractions[part]! > 0);
  const have = fractions.map(() => new Float64Array(width));
  const weights = Float64Array.from(totals, (total, column) =>
    total === 0 ? 0 : (column === labelCount ? SIZE_WEIGHT : 1) / total,
  );
  /** How much the sum above changes when the group comes into the part (+1) or leaves it (−1). */
  const change = (part: number, group: number, sign: 1 | -1): number => {
    const fraction = fractions[part]!;
    const counts = have[part]!;
    let sum = 0;
    for (let column = 0, m = group * width; column < width; column++, m++) {
      const moved = members[m]!;
      if (moved === 0) continue;
      const distance = counts[column]! - fraction * totals[column]!;
      sum += weights[column]! * moved * (moved + 2 * sign * distance);
    }
    return sum / fraction;
  };
  const move = (part: number, group: number, sign: 1 | -1): void => {
    const counts = have[part]!;
    for (let column = 0, m = group * width; column < width; column++, m++)
      counts[column]! += sign * members[m]!;
  };
  const nearestPart = (group: number): number => {
    const costs = open.map((part) => change(part, group, 1));
    return open[costs.indexOf(Math.min(...costs))]!;
  };

  const size = (group: number) => members[group * width + labelCount]!;
  const order = shuffledRows(count, randomGenerator(seed));
  const partOf = new Uint8Array(count);
  for (const group of order.slice().sort((a, b) => size(b) - size(a))) {
    partOf[group] = nearestPart(group);
    move(partOf[group]!, group, 1);
  }
  for (let round = 0, moved = true; round < REFINEMENTS && moved; round++) {
    moved = false;
    for (const group of order) {
      const from = partOf[group]!;
      move(from, group, -1);
      const to = nearestPart(group);
      move(to, group, 1);
      partOf[group] = to;
      moved ||= to !== from;
    }
  }
  return Uint8Array.from(numbers, (group) => partOf[group]!);
}

/** Positives per label, and rows, of every group: groups × (labels + 1). */
function groupCounts(
  y: Uint8Array,
  labelCount: number,
  numbers: Int32Array,
  groupCount: number,
): Float64Array {
  const width = labelCount + 1;
  const members = new Float64Array(groupCount * width);
  for (let row = 0; row < numbers.length; row++) {
    const start = numbers[row]! * width;
    for (let column = 0; column < labelCount; column++)
      members[start + column]! += y[row * labelCount + column]!;
    members[start + labelCount]!++;
  }
  return members;
}
