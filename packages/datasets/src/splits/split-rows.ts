import { SplitError } from '../errors';
import type { DatasetRecords, SplitName } from '../records/dataset-records';
import { chosenWay } from './chosen-way';
import { partitionRows } from './partition-rows';
import { rowsOfParts } from './rows-of-parts';
import { type SplitBalance, splitBalance } from './split-balance';
import { checkFractions, DEFAULT_FRACTIONS, type SplitOptions } from './split-options';

/** The parts of a split, in order. */
const SPLIT_NAMES: readonly SplitName[] = ['train', 'validation', 'test'];

/**
 * The rows of each part, ascending, and how well they are balanced.
 *
 * @throws {SplitError} the records have no groups or no official split to go by, or a part would be empty
 * @throws {DatasetOptionError} the fractions don't add up to 1
 */
export function splitRows(
  records: DatasetRecords,
  { by, fractions = DEFAULT_FRACTIONS, seed = 0 }: SplitOptions,
): Record<SplitName, Int32Array> & { readonly balance: SplitBalance } {
  checkFractions(fractions);
  const { ids, labels, y, groups, splits } = records;
  const way = chosenWay('split', records, by);
  const partOf =
    way === 'official'
      ? Uint8Array.from(splits!, (name) => SPLIT_NAMES.indexOf(name))
      : partitionRows(
          { y, labelCount: labels.length, rowCount: ids.length, ...(groups && { groups }) },
          way,
          SPLIT_NAMES.map((name) => fractions[name]),
          seed,
        );
  const rows = rowsOfParts(partOf, SPLIT_NAMES.length);
  SPLIT_NAMES.forEach((name, part) => {
    const wanted = way === 'official' || fractions[name] > 0;
    if (wanted && rows[part]!.length === 0) throw new SplitError(emptyPart(name, way, records));
  });
  const [train, validation, test] = rows as [Int32Array, Int32Array, Int32Array];
  return { train, validation, test, balance: splitBalance(records, way, SPLIT_NAMES, rows) };
}

function emptyPart(name: SplitName, way: string, { ids, groups }: DatasetRecords): string {
  const rows = `these ${ids.length} rows`;
  if (way === 'official') {
    return `split: none of ${rows} is in the official ${name} part. Split by "${groups ? 'group' : 'stratified'}", or filter by split yourself.`;
  }
  return `split: ${rows} are too few${way === 'group' ? ' groups' : ''} for a ${name} part. Take more rows, or another fraction.`;
}
