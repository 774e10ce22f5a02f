import { type Limits, limitExceeded } from '../limits/limits';
import type { TableColumns } from './table-options';
import { type TableRecords, tableRecords } from './table-records';
import { usedColumns } from './used-columns';

/** An object as a row of a table, and where it is, for messages. */
export interface ObjectRow {
  readonly row: Readonly<Record<string, unknown>>;
  readonly where: string;
}

/**
 * Reads objects into the records of a table. Their keys are the columns; a key that an object lacks is an empty cell.
 *
 * @throws {LimitExceededError} there are more keys × objects than `limits.cells`
 */
export function objectsTable(
  caller: string,
  file: string,
  rows: readonly ObjectRow[],
  given: TableColumns,
  limits: Required<Limits>,
): TableRecords {
  const keys = new Set<string>();
  for (const { row } of rows) for (const key of Object.keys(row)) keys.add(key);
  // Hugging Face's key for the image, wherever it comes
  const options = keys.has('file_name') ? { image: 'file_name', ...given } : given;
  const header = usedColumns([...keys], options);
  if (!options.labels && header.length * rows.length > limits.cells) {
    const found = `${rows.length} rows × ${header.length} keys`;
    throw limitExceeded(limits, 'cells', `${caller}: ${file}`, found);
  }
  const table = tableRecords(caller, file, header, options, limits);
  for (const { row, where } of rows) {
    const cells = header.map((key) => row[key]);
    table.add(cells, where, row);
  }
  return table;
}
