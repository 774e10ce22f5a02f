import { SplitError } from '../errors';
import type { DatasetRecords } from '../records/dataset-records';
import type { SplitWay } from './split-options';

/** The ways that don't look at groups. */
const ROW_WISE = ['stratified', 'official', 'random'] as const;

/**
 * The way to divide these records, the groups' own name resolved and the default filled in.
 *
 * @throws {SplitError} there is no such way, or the records have no groups or no official split to go by
 */
export function chosenWay(
  caller: string,
  { groups, groupName, splits }: Pick<DatasetRecords, 'groups' | 'groupName' | 'splits'>,
  by: SplitWay | undefined,
): 'group' | 'stratified' | 'official' | 'random' {
  const way = by ?? (groups ? 'group' : 'stratified');
  if (way === 'group' || way === groupName) {
    if (!groups) throw new SplitError(`${caller}: by "${way}" needs groups, and these records have none.`);
    return 'group';
  }
  if (way === 'official' && !splits) {
    throw new SplitError(
      `${caller}: by "official" needs the authors' split, and these records have none. Split by "group", "stratified" or "random".`,
    );
  }
  const rowWise = ROW_WISE.find((known) => known === way);
  if (rowWise) return rowWise;
  const ways = ['group', ...(groupName ? [groupName] : []), ...ROW_WISE];
  throw new SplitError(`${caller}: expected by as one of ${ways.join(', ')}; received "${way}".`);
}
