import { DatasetFileError } from '../errors';
import type { Limits } from '../limits/limits';
import { csvTable } from './csv-table';
import { joinTables } from './join-tables';
import { jsonLinesTable } from './json-lines-table';
import type { ListedFolder } from './list-folder';
import { type ReadingOptions, readText } from './read-text';
import { splitOfPath } from './split-column';
import type { TableColumns } from './table-options';
import type { FinishedTable } from './table-records';

/** Tables of labels by name: Hugging Face's, and Roboflow's. */
const TABLE = /(?:^|\/)(?:metadata\.csv|metadata\.jsonl|_classes\.csv)$/;

/** A finished table, and the name of its file for error messages. */
export interface FolderTable extends FinishedTable {
  readonly file: string;
}

/** The tables of labels in a folder: one for all images, or one in each sub-folder. */
export function folderTables(paths: readonly string[]): string[] {
  const all = paths.filter((path) => TABLE.test(path)).sort();
  // one beside the images of all folders counts alone
  const above = all.filter((path) => !path.includes('/'));
  return above.length > 0 ? above.slice(0, 1) : all;
}

/**
 * Reads the tables of a folder as one; those in folders that are called train, valid, test are official parts.
 *
 * @throws {DatasetFileError} a row is invalid, or the tables have different labels
 */
export async function fromTables(
  caller: string,
  folder: ListedFolder,
  tables: readonly string[],
  options: TableColumns & ReadingOptions,
  limits: Required<Limits>,
): Promise<FolderTable> {
  const finished: FinishedTable[] = [];
  for (const path of tables) {
    const text = await readText(caller, await folder.read(path), 'a table of labels', options);
    const columns = { ...options, image: path.endsWith('_classes.csv') ? 'filename' : 'file_name' };
    const table = path.endsWith('.jsonl')
      ? jsonLinesTable(caller, path, text, columns, limits)
      : csvTable(caller, path, text, columns);
    finished.push(inFolder(table.finish(), path.slice(0, path.lastIndexOf('/') + 1)));
  }
  const parts = tables.map(splitOfPath);
  const isSplit = options.split === undefined && parts.every((part) => part !== undefined);
  const unnamed = options.labels && 'column' in options.labels ? 'zero' : 'refuse';
  const joined = joinTables(
    finished,
    unnamed,
    isSplit ? (parts as NonNullable<(typeof parts)[number]>[]) : undefined,
  );
  if (joined) return { ...joined, file: tables.length === 1 ? tables[0] : folder.name };
  throw new DatasetFileError(
    `${caller}: expected ${tables.slice(0, 3).join(', ')} with the same labels and other columns; received different ones. Name the labels that all have with labels, or correct the files.`,
  );
}

/** Image names relative to the whole folder, and ids of that kind too, so that those of several tables differ. */
function inFolder(table: FinishedTable, folder: string): FinishedTable {
  const { records, imageNames } = table;
  const ids = records.ids.map((id, row) => (id === imageNames[row] ? folder + id : id));
  return {
    ...table,
    records: { ...records, ids },
    imageNames: imageNames.map((name) => folder + name.replace(/^(?:\.\/)+/, '')),
  };
}
