import { DatasetFileError } from '../errors';
import { checkedLimits, DEFAULT_LIMITS, type Limits } from '../limits/limits';
import type { DatasetRecords } from '../records/dataset-records';
import type { ColumnFilePlace } from './column-file';
import { columnRecords } from './column-records';
import { openParquetFile } from './parquet-file';
import type { TextSource } from './read-text';
import type { TableColumns } from './table-options';

/**
 * The names of the columns of a parquet file.
 *
 * @throws {DatasetFileError} the file isn't a parquet file, or is damaged
 */
export async function parquetColumns(caller: string, source: TextSource): Promise<readonly string[]> {
  return (await openParquetFile(caller, source, DEFAULT_LIMITS)).columns;
}

/**
 * The cells of some columns of a parquet file, column by column; bytes of texts are decoded. A damaged file is given up after
 * some seconds.
 *
 * @throws {DatasetFileError} the file isn't a parquet file, is damaged, or lacks a column
 */
export async function parquetCells(
  caller: string,
  source: TextSource,
  columns: readonly string[],
): Promise<readonly (readonly unknown[])[]> {
  const file = await openParquetFile(caller, source, DEFAULT_LIMITS);
  const cells: unknown[][] = [];
  for (const column of columns) cells.push((await file.read(column)).map(decoded));
  return cells;
}

function decoded(cell: unknown): unknown {
  return cell instanceof Uint8Array ? new TextDecoder().decode(cell) : cell;
}

/**
 * The records of parquet files, one after another; see {@link openParquet}.
 *
 * @throws {DatasetFileError} a file isn't a parquet file, is damaged, or has values that can't be labels
 */
export async function parquetRecords(
  caller: string,
  sources: readonly TextSource[],
  options: TableColumns & { readonly images?: 'ignore'; readonly limits?: Limits },
): Promise<DatasetRecords> {
  const limits = checkedLimits(caller, options.limits);
  const places: ColumnFilePlace[] = [];
  for (const [number, source] of sources.entries()) {
    const file = await openParquetFile(caller, source, limits);
    places.push({ file, prefix: sources.length > 1 ? `${number}/` : '', first: 0 });
  }
  if (places.length === 0)
    throw new DatasetFileError(`${caller}: expected at least one parquet file; received none.`);
  return columnRecords(caller, places, options);
}
