import { SplitError } from '../errors';
import type { DatasetRecords } from '../records/dataset-records';
import { datasetRow } from '../records/dataset-row';
import type { BalancedOptions } from './subset-options';

/**
 * The rows that a subset may be chosen from, ascending.
 *
 * @throws {SplitError} the pool is an official part, and the records have none
 */
export function poolRows(records: DatasetRecords, pool: BalancedOptions['pool']): Int32Array {
  const all = Int32Array.from({ length: records.ids.length }, (_, row) => row);
  if (pool === undefined) return all;
  if (typeof pool === 'function') return all.filter((row) => pool(datasetRow(records, row)));
  const { splits } = records;
  if (!splits) {
    throw new SplitError(
      `balanced: pool "${pool}" needs the authors' split, and these records have none. Give a function that says which rows may come.`,
    );
  }
  return all.filter((row) => splits[row] === pool);
}
