import { randomGenerator } from '../random/random-generator';
import { groupNumbers } from './group-numbers';
import { groupParts } from './group-parts';
import { emptyParts, unitsOf } from './part-counts';
import { randomParts } from './random-parts';
import { refineParts } from './refine-parts';
import { stratifiedParts } from './stratified-parts';

/** What {@link partitionRows} divides. */
export interface PartitionedTable {
  readonly y: Uint8Array;
  readonly labelCount: number;
  readonly rowCount: number;
  readonly groups?: Int32Array | readonly string[];
}

/** The part of every row; the parts have the fractions of the rows, at most 255 of them. */
export function partitionRows(
  { y, labelCount, rowCount, groups }: PartitionedTable,
  way: 'group' | 'stratified' | 'random',
  fractions: readonly number[],
  seed: number,
): Uint8Array {
  const random = randomGenerator(seed);
  const open = [...fractions.keys()].filter((part) => fractions[part]! > 0);
  if (way === 'random') return randomParts(rowCount, fractions, random);
  if (way === 'stratified') {
    const parts = emptyParts(unitsOf(y, labelCount, rowCount), fractions);
    const partOf = stratifiedParts(parts, y, open, random);
    refineParts(parts, partOf, open, random);
    return partOf;
  }
  const units = groupNumbers(groups!);
  const parts = emptyParts(unitsOf(y, labelCount, rowCount, units), fractions);
  const partOf = groupParts(parts, open, random);
  refineParts(parts, partOf, open, random);
  return Uint8Array.from(units.numbers, (unit) => partOf[unit]!);
}
