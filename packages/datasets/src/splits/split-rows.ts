import { SplitError } from '../errors';
import type { DatasetRecords, SplitName } from '../records/dataset-records';
import { groupSplit } from './group-split';
import { randomSplit } from './random-split';
import { checkFractions, DEFAULT_FRACTIONS, type SplitOptions } from './split-options';

/** The parts of a split, in order. */
const SPLIT_NAMES: readonly SplitName[] = ['train', 'validation', 'test'];

/**
 * The rows of each part, ascending.
 *
 * @throws {SplitError} the records have no groups or no official split to go by, or a part would be empty
 * @throws {DatasetOptionError} the fractions don't add up to 1
 */
export function splitRows(
  records: DatasetRecords,
  { by, fractions = DEFAULT_FRACTIONS, seed = 0 }: SplitOptions,
): Record<SplitName, Int32Array> {
  checkFractions(fractions);
  const { ids, labels, y, groups, groupName } = records;
  const way = by ?? (groups ? 'group' : 'random');
  let parts: Uint8Array;
  if (way === 'official') {
    parts = officialSplit(records);
  } else if (way === 'random') {
    parts = randomSplit(ids.length, fractions, seed);
  } else if (way === 'group' || way === groupName) {
    if (!groups) throw new SplitError(`split: by "${way}" needs groups, and these records have none.`);
    parts = groupSplit({ y, labelCount: labels.length, groups }, fractions, seed);
  } else {
    const ways = ['group', ...(groupName ? [groupName] : []), 'official', 'random'];
    throw new SplitError(`split: expected by as one of ${ways.join(', ')}; received "${way}".`);
  }
  const rows = { train: rowsOf(parts, 0), validation: rowsOf(parts, 1), test: rowsOf(parts, 2) };
  for (const name of SPLIT_NAMES) {
    const wanted = way === 'official' || fractions[name] > 0;
    if (wanted && rows[name].length === 0) throw new SplitError(emptyPart(name, way, records));
  }
  return rows;
}

function officialSplit({ splits }: DatasetRecords): Uint8Array {
  if (!splits) {
    throw new SplitError(
      'split: by "official" needs the authors\' split, and these records have none. Split by "group" or "random".',
    );
  }
  return Uint8Array.from(splits, (name) => SPLIT_NAMES.indexOf(name));
}

function rowsOf(parts: Uint8Array, part: number): Int32Array {
  const rows = new Int32Array(parts.length);
  let count = 0;
  for (let row = 0; row < parts.length; row++) if (parts[row] === part) rows[count++] = row;
  return rows.slice(0, count);
}

function emptyPart(name: SplitName, way: string, { ids, groups }: DatasetRecords): string {
  const rows = `these ${ids.length} rows`;
  if (way === 'official') {
    return `split: none of ${rows} is in the official ${name} part. Split by "${groups ? 'group' : 'random'}", or filter by split yourself.`;
  }
  return `split: ${rows} are too few${way === 'random' ? '' : ' groups'} for a ${name} part. Take more rows, or another fraction.`;
}
