import { DatasetOptionError, SplitError } from '../errors';
import { checkOptions } from '../options/check-options';
import type { DatasetRecords } from '../records/dataset-records';
import { takeRows } from '../records/take-rows';
import { chosenWay } from './chosen-way';
import { checkMinPositives, requirePositives } from './min-positives';
import { partitionRows } from './partition-rows';
import { rowsOfParts } from './rows-of-parts';
import { type SplitBalance, splitBalance } from './split-balance';
import { foldRules, type KFoldOptions } from './split-options';

/** The option of the least number of positives, for messages. */
const MIN = { caller: 'kFold', option: 'minPositivesPerFold', part: 'fold' };

/** The rows of each fold, ascending, the rows that stay out of all of them, and how well the folds are balanced. */
export interface FoldRows {
  readonly folds: readonly Int32Array[];
  /** The official test part, if the folds are of the official split. */
  readonly test: Int32Array | undefined;
  readonly balance: SplitBalance;
}

/**
 * Divides the rows into `k` folds of the same size.
 *
 * @throws {DatasetOptionError} k is no whole number from 2 to 255, or an option is out of range
 * @throws {SplitError} the records have no groups or no official split to go by, or a fold would be empty or lack positives
 */
export function foldRows(records: DatasetRecords, k: number, options: KFoldOptions): FoldRows {
  checkOptions('kFold', options, foldRules);
  const { by, minPositivesPerFold, seed = 0 } = options;
  if (!Number.isInteger(k) || k < 2 || k > 255) {
    throw new DatasetOptionError(`kFold: expected k as a whole number from 2 to 255; received ${k}.`);
  }
  const way = chosenWay('kFold', records, by);
  if (way === 'official') return officialFolds(records, k, options);
  checkMinPositives(MIN, minPositivesPerFold, way);
  const { ids, labels, y, groups } = records;
  const partOf = partitionRows(
    { y, labelCount: labels.length, rowCount: ids.length, ...(groups && { groups }) },
    way,
    Array<number>(k).fill(1 / k),
    seed,
    { perPart: minPositivesPerFold ?? 1 },
  );
  const folds = rowsOfParts(partOf, k);
  if (folds.some((rows) => rows.length === 0)) {
    const units = way === 'group' ? 'groups' : 'rows';
    throw new SplitError(`kFold: there are too few ${units} for ${k} folds. Take fewer folds, or more rows.`);
  }
  const names = folds.map((_, fold) => `fold ${fold + 1}`);
  requirePositives(MIN, records, folds, names, minPositivesPerFold);
  return { folds, test: undefined, balance: splitBalance(records, way, names, folds) };
}

/** Folds of all rows but the official test part. */
function officialFolds(records: DatasetRecords, k: number, { by: _, ...options }: KFoldOptions): FoldRows {
  const [learned, test] = rowsOfParts(
    Uint8Array.from(records.splits!, (name) => (name === 'test' ? 1 : 0)),
    2,
  );
  const inner = foldRows(takeRows(records, learned), k, options);
  return { ...inner, folds: inner.folds.map((rows) => rows.map((row) => learned[row])), test: test };
}

/** The rows of all folds but one, ascending. */
export function joinedRows(folds: readonly Int32Array[], without: number): Int32Array {
  const others = folds.filter((_, fold) => fold !== without);
  return Int32Array.from(others.flatMap((rows) => Array.from(rows))).sort();
}
