import { DatasetFileError } from '../errors';
import type { Limits } from '../limits/limits';
import type { TableColumns } from './table-options';
import { type TableRecords, tableRecords } from './table-records';
import type { SheetRow } from './xlsx-sheet';

/**
 * Reads the rows of a sheet into the records of a table, with cells as a CSV would have them.
 *
 * @throws {DatasetFileError} the sheet is blank, or a row is invalid
 */
export function xlsxTable(
  caller: string,
  file: string,
  rows: readonly SheetRow[],
  options: TableColumns & { readonly limits?: Limits },
): TableRecords {
  let table: TableRecords | undefined;
  rows.forEach((row, i) => {
    const cells = row.map(cellText);
    if (cells.every((cell) => cell === '')) return;
    if (table) table.add(cells, `row ${i + 1}`);
    else table = tableRecords(caller, file, cells, options, options.limits);
  });
  if (table) return table;
  throw new DatasetFileError(`${caller}: ${file}: the sheet is blank. Name another one with sheet.`);
}

/** A cell as text. A date, which the library gives in UTC, is its day, with the time if it has one. */
function cellText(cell: SheetRow[number]): string {
  if (cell === null) return '';
  if (!(cell instanceof Date)) return String(cell).trim();
  if (Number.isNaN(cell.getTime())) return '';
  return cell.toISOString().replace(/T00:00:00\.000Z$|\.000Z$/, '');
}
