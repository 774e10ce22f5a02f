import { SplitError } from '../errors';
import { checkOptions } from '../options/check-options';
import type { DatasetRecords, SplitName } from '../records/dataset-records';
import { chosenWay } from './chosen-way';
import { checkMinPositives, requirePositives } from './min-positives';
import { partitionRows } from './partition-rows';
import { rowsOfParts } from './rows-of-parts';
import { type SplitBalance, splitBalance } from './split-balance';
import { checkedFractions, SPLIT_NAMES, type SplitOptions, splitRules } from './split-options';

/** The option of the least number of positives, for messages. */
const MIN = { caller: 'split', option: 'minPositivesPerPart', part: 'part' };

/** The order of the parts for a label with fewer positives than there are parts: train, then test, then validate. */
const FIRST = (['train', 'test', 'validation'] as const).map((name) => SPLIT_NAMES.indexOf(name));

/**
 * The rows of each part, ascending, and how well they are balanced.
 *
 * @throws {SplitError} the records have no groups or no official split to go by, or a part would be empty or lack positives
 * @throws {DatasetOptionError} the fractions don't add up to 1, or an option is out of range
 */
export function splitRows(
  records: DatasetRecords,
  options: SplitOptions,
): Record<SplitName, Int32Array> & { readonly balance: SplitBalance } {
  checkOptions('split', options, splitRules);
  const { by, fractions, minPositivesPerPart, seed = 0 } = options;
  const shares = checkedFractions(fractions);
  const { ids, labels, y, groups, splits } = records;
  const way = chosenWay('split', records, by);
  checkMinPositives(MIN, minPositivesPerPart, way);
  const partOf =
    way === 'official'
      ? Uint8Array.from(splits!, (name) => SPLIT_NAMES.indexOf(name))
      : partitionRows(
          { y, labelCount: labels.length, rowCount: ids.length, ...(groups && { groups }) },
          way,
          shares,
          seed,
          { perPart: minPositivesPerPart ?? 1, order: FIRST },
        );
  const rows = rowsOfParts(partOf, SPLIT_NAMES.length);
  SPLIT_NAMES.forEach((name, part) => {
    const wanted = way === 'official' || shares[part] > 0;
    if (wanted && rows[part].length === 0) throw new SplitError(emptyPart(name, way, records));
  });
  requirePositives(MIN, records, rows, SPLIT_NAMES, minPositivesPerPart);
  const [train, validation, test] = rows as [Int32Array, Int32Array, Int32Array];
  return { train, validation, test, balance: splitBalance(records, way, SPLIT_NAMES, rows) };
}

function emptyPart(name: SplitName, way: string, { ids, groups }: DatasetRecords): string {
  const isOne = ids.length === 1;
  if (way === 'official') {
    return `split: ${isOne ? 'the only row is not' : `none of these ${ids.length} rows is`} in the official ${name} part. Split by "${groups ? 'group' : 'stratified'}", or filter by split yourself.`;
  }
  return `split: ${isOne ? 'one row is' : `these ${ids.length} rows are`} too few${way === 'group' ? ' groups' : ''} for a ${name} part. Take more rows, or another fraction.`;
}
