import { randomGenerator } from '../random/random-generator';
import { groupNumbers } from './group-numbers';
import { groupParts } from './group-parts';
import { leastPositives } from './least-positives';
import { emptyParts, type Units, unitsOf } from './part-counts';
import { randomParts } from './random-parts';
import { refineParts } from './refine-parts';
import { stratifiedParts } from './stratified-parts';

/** The input of {@link partitionRows}. */
export interface PartitionedTable {
  readonly y: Uint8Array;
  readonly labelCount: number;
  readonly rowCount: number;
  readonly groups?: Int32Array | readonly string[];
}

/** The least number of positives that parts should have. */
export interface LeastPositives {
  /** The least number for each label in each part, as far as there are enough. */
  readonly perPart: number;
  /** The parts that come first if there are not enough; default the order of the parts. */
  readonly order?: readonly number[];
}

/** The part of every row; the parts have the fractions of the rows, at most 255 of them. */
export function partitionRows(
  { y, labelCount, rowCount, groups }: PartitionedTable,
  way: 'group' | 'stratified' | 'random',
  fractions: readonly number[],
  seed: number,
  { perPart, order }: LeastPositives = { perPart: 1 },
): Uint8Array {
  const random = randomGenerator(seed);
  const open = [...fractions.keys()].filter((part) => fractions[part] > 0);
  if (way === 'random') return randomParts(rowCount, fractions, random);
  const emptyOf = (units: Units) => {
    const first = (order ?? open).filter((part) => open.includes(part));
    const least = leastPositives(units.totals, labelCount, fractions.length, first, perPart);
    return emptyParts(units, fractions, least);
  };
  if (way === 'stratified') {
    const parts = emptyOf(unitsOf(y, labelCount, rowCount));
    const partOf = stratifiedParts(parts, y, open, random);
    refineParts(parts, partOf, open, random);
    return partOf;
  }
  const units = groupNumbers(groups!);
  const parts = emptyOf(unitsOf(y, labelCount, rowCount, units));
  const partOf = groupParts(parts, open, random);
  refineParts(parts, partOf, open, random);
  return Uint8Array.from(units.numbers, (unit) => partOf[unit]);
}
