import { readCsvRows } from '../csv/read-csv-rows';
import { DatasetFileError } from '../errors';
import type { Limits } from '../limits/limits';
import { IMAGE_ENDING } from './image-finder';
import type { TableColumns } from './table-options';
import { type TableRecords, tableRecords } from './table-records';

/**
 * Reads a CSV text into the records of a table, to which more rows can be added.
 *
 * @throws {DatasetFileError} it has no line, a quote is never closed, or a row is invalid
 */
export function csvTable(
  caller: string,
  file: string,
  text: string,
  options: TableColumns & {
    readonly separator?: string;
    readonly header?: readonly string[];
    readonly limits?: Limits;
  },
): TableRecords {
  // Excel's own way to name the separator, a line before the header
  const declared = /^\uFEFF?"?sep=(.)"?\r?$/im.exec(text.slice(0, 12).split('\n', 1)[0])?.[1];
  const { header } = options;
  let table = header && tableRecords(caller, file, header, options, options.limits);
  try {
    readCsvRows(
      text,
      (cells, line) => {
        if (declared && line === 1) return;
        if (table) table.add(cells, `line ${line}`);
        else table = tableRecords(caller, file, checkedHeader(cells, line), options, options.limits);
      },
      options.separator ?? declared ?? likelySeparator(text),
    );
  } catch (error) {
    if (error instanceof DatasetFileError && error.message.startsWith('line '))
      throw new DatasetFileError(`${caller}: ${file}, ${error.message}`, { cause: error });
    throw error;
  }
  if (table) return table;
  throw new DatasetFileError(`${caller}: ${file} has no line. Correct the file.`);
}

/** The header without spaces around its names. Refuses a first line that is a row of the table. */
function checkedHeader(cells: readonly string[], line: number): string[] {
  const header = cells.map((cell) => cell.trim());
  const image = header.find((name) => IMAGE_ENDING.test(name)) ?? (header[0].includes('/') ? header[0] : '');
  if (image === '' || header.length < 2) return header;
  throw new DatasetFileError(
    `line ${line}: expected the names of the columns; received "${image}", which looks like an image. Name them, for a file without a header: header: ['image', …].`,
  );
}

function likelySeparator(text: string): string {
  const end = text.search(/[\r\n]/);
  // a separator within quotes separates nothing
  const header = (end === -1 ? text : text.slice(0, end)).replace(/"[^"]*"/g, '');
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t', '|'].reduce((best, separator) =>
    count(separator) > count(best) ? separator : best,
  );
}
