import { readCsvRows } from '../csv/read-csv-rows';
import { DatasetFileError } from '../errors';
import type { Limits } from '../limits/limits';
import { IMAGE_ENDING } from './image-finder';
import type { TableColumns } from './table-options';
import { type TableRecords, tableRecords } from './table-records';

/**
 * Reads a CSV text into the records of a table, to which more rows can be added.
 *
 * Between spaces, a first line may have the number of rows alone, and the header may lack the name of the first column:
 * CelebA's and DeepFashion's lists of attributes begin so. The first column then has the images.
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
  const separator = options.separator ?? declared ?? likelySeparator(text);
  const tableOf = (names: readonly string[]) => tableRecords(caller, file, names, options, options.limits);
  let table = header && tableOf(header);
  /** The header, which between spaces waits for the first row. */
  let names: readonly string[] | undefined;
  try {
    readCsvRows(
      text,
      (cells, line) => {
        if (declared && line === 1) return;
        if (separator === ' ' && line === 1 && /^\d+$/.test(cells.join(' ').trim())) return;
        if (!table && !names) {
          names = checkedHeader(cells, line);
          if (separator !== ' ') table = tableOf(names);
          return;
        }
        table ??= tableOf(cells.length === names!.length + 1 ? ['image', ...names!] : names!);
        table.add(cells, `line ${line}`);
      },
      separator,
    );
    if (names) table ??= tableOf(names);
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
  const fail = (received: string): never => {
    throw new DatasetFileError(
      `line ${line}: expected the names of the columns; received ${received}. Name them, for a file without a header: header: ['image', …].`,
    );
  };
  const image = header.find((name) => IMAGE_ENDING.test(name)) ?? (header[0].includes('/') ? header[0] : '');
  if (header.length < 2) return header;
  if (image !== '') fail(`"${image}", which looks like an image`);
  if (header.every((name) => name !== '' && Number.isFinite(Number(name))))
    fail(`numbers alone (${header.slice(0, 5).join(' ')})`);
  return header;
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
