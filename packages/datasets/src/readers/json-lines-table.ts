import { DatasetFileError } from '../errors';
import { type Limits, limitExceeded } from '../limits/limits';
import { checkNesting } from './check-nesting';
import type { TableColumns } from './table-options';
import { type TableRecords, tableRecords } from './table-records';
import { usedColumns } from './used-columns';

/**
 * The records of JSON lines in the making: an object a line, whose keys are the columns; a key that a line lacks is an empty
 * cell.
 *
 * @throws {DatasetFileError} a line is no JSON object
 * @throws {LimitExceededError} there are more keys × lines than `limits.cells`, or lines are nested deeper than `limits.depth`
 */
export function jsonLinesTable(
  caller: string,
  file: string,
  text: string,
  given: TableColumns,
  limits: Required<Limits>,
): TableRecords {
  const rows: { readonly row: Readonly<Record<string, unknown>>; readonly line: number }[] = [];
  const keys = new Set<string>();
  text.split('\n').forEach((content, i) => {
    if (content.trim() === '') return;
    checkNesting(content, limits, `${caller}: ${file}, line ${i + 1}`);
    const value = parsed(content);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new DatasetFileError(
        `${caller}: ${file}, line ${i + 1}: expected a JSON object; received "${content.trim().slice(0, 60)}". Correct the file.`,
      );
    }
    for (const key of Object.keys(value)) keys.add(key);
    rows.push({ row: value as Record<string, unknown>, line: i + 1 });
  });
  // Hugging Face's key for the image, wherever it comes in the line
  const options = keys.has('file_name') ? { image: 'file_name', ...given } : given;
  const header = usedColumns([...keys], options);
  if (!options.labels && header.length * rows.length > limits.cells)
    throw limitExceeded(
      limits,
      'cells',
      `${caller}: ${file}`,
      `${rows.length} lines × ${header.length} keys`,
    );
  const table = tableRecords(caller, file, header, options, limits);
  for (const { row, line } of rows) {
    table.add(
      header.map((key) => row[key]),
      `line ${line}`,
      row,
    );
  }
  return table;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
