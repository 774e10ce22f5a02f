import { DatasetFileError } from '../errors';
import type { Limits } from '../limits/limits';
import { checkNesting } from './check-nesting';
import { isObject } from './is-object';
import { type ObjectRow, objectsTable } from './objects-table';
import type { TableColumns } from './table-options';
import type { TableRecords } from './table-records';

/**
 * Reads JSON lines (one object per line) or one JSON list of objects into the records of a table.
 *
 * @throws {DatasetFileError} a line isn't a JSON object
 * @throws {LimitExceededError} there are more keys × lines than `limits.cells`, or lines are nested deeper than
 *   `limits.depth`
 */
export function jsonLinesTable(
  caller: string,
  file: string,
  text: string,
  given: TableColumns,
  limits: Required<Limits>,
): TableRecords {
  const place = `${caller}: ${file}`;
  const refuse = (where: string, received: string): never => {
    throw new DatasetFileError(
      `${place}, ${where}: expected a JSON object; received "${received.trim().slice(0, 60)}". Correct the file, or make rows of what it has: openRows(rows).`,
    );
  };
  if (text.trimStart().startsWith('[')) {
    checkNesting(text, limits, place);
    const list = parsed(text);
    if (Array.isArray(list)) {
      const rows = list.map((row: unknown, i) =>
        isObject(row) ? { row, where: `row ${i}` } : refuse(`row ${i}`, JSON.stringify(row)),
      );
      return objectsTable(caller, file, rows, given, limits);
    }
  }
  const rows = text.split('\n').flatMap((content, i): ObjectRow[] => {
    if (content.trim() === '') return [];
    const where = `line ${i + 1}`;
    checkNesting(content, limits, `${place}, ${where}`);
    const row = parsed(content);
    return [isObject(row) ? { row, where } : refuse(where, content)];
  });
  return objectsTable(caller, file, rows, given, limits);
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
