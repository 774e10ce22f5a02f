import { DatasetOptionError, SplitError } from '../errors';
import { positiveCounts } from '../labels/positive-counts';
import type { DatasetRecords } from '../records/dataset-records';
import { takeMatrixRows } from '../records/take-rows';

/** Who asks for a least number of positives, and what the option and a part are called there. */
export interface MinPositivesOption {
  readonly caller: string;
  readonly option: string;
  readonly part: string;
}

/**
 * Checks the option of a least number of positives.
 *
 * @throws {DatasetOptionError} it is no whole number from 0, or the rows are divided without a look at labels
 */
export function checkMinPositives(
  { caller, option }: MinPositivesOption,
  least: number | undefined,
  way: string,
): void {
  if (least === undefined) return;
  if (!Number.isSafeInteger(least) || least < 0) {
    throw new DatasetOptionError(
      `${caller}: expected ${option} as a whole number from 0; received ${least}.`,
    );
  }
  if (way === 'group' || way === 'stratified') return;
  throw new DatasetOptionError(
    `${caller}: expected ${option} with by "group" or "stratified", which look at labels; received it with "${way}".`,
  );
}

/**
 * Refuses parts with fewer positives of a label than were asked for. Parts without rows are none.
 *
 * @throws {SplitError} there are some; the first are named
 */
export function requirePositives(
  { caller, part }: MinPositivesOption,
  { y, labels }: DatasetRecords,
  rows: readonly Int32Array[],
  names: readonly string[],
  least = 0,
): void {
  const short = rows.flatMap((ofPart, number) => {
    if (ofPart.length === 0) return [];
    const counts = positiveCounts(takeMatrixRows(y, labels.length, ofPart), labels.length);
    return labels.flatMap((label, column) =>
      counts[column] < least ? [`${label} has ${counts[column]} in ${names[number]}`] : [],
    );
  });
  if (short.length === 0) return;
  const more = short.length > 3 ? ` and ${short.length - 3} more` : '';
  throw new SplitError(
    `${caller}: expected at least ${least} positives of every label in each ${part}; ${short.slice(0, 3).join(', ')}${more}. Leave these labels out, ask for fewer, or take larger ${part}s.`,
  );
}
