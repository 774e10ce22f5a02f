import { DatasetFileError } from '../errors';
import { labelColumns } from '../labels/label-columns';
import type { DatasetRecords } from '../records/dataset-records';
import { huggingFaceNames } from './hugging-face-names';
import { openParquetFile, type ParquetFile } from './parquet-file';
import { parquetImages } from './parquet-images';
import type { TextSource } from './read-text';
import type { TableColumns } from './table-options';
import { type TableRecords, tableRecords } from './table-records';

const PATH = 'image path';

/** The names of the columns of a parquet file. */
export async function parquetColumns(caller: string, source: TextSource): Promise<readonly string[]> {
  return (await openParquetFile(caller, source)).columns;
}

/** The records of parquet files, one after another; see {@link openParquet}. */
export async function parquetRecords(
  caller: string,
  sources: readonly TextSource[],
  { images, image = 'image', labels, ...columns }: TableColumns & { readonly images?: 'ignore' },
): Promise<DatasetRecords> {
  const files: ParquetFile[] = [];
  for (const source of sources) files.push(await openParquetFile(caller, source));
  if (files.length === 0)
    throw new DatasetFileError(`${caller}: expected at least one parquet file; received none.`);
  const present = files[0]!.columns;
  if (images !== 'ignore') labelColumns(`${caller}: ${files[0]!.name}`, [image], present, 'column');
  const others = present.filter((name) => name !== image);
  // a list of class numbers is named in the file
  const inOne =
    labels && 'column' in labels
      ? { ...labels, names: labels.names ?? huggingFaceNames(files[0]!.metadata, labels.column) }
      : undefined;
  const chosen = {
    ...columns,
    image: PATH,
    ...(inOne ? { labels: withoutUndefined(inOne) } : labels && { labels }),
  };
  let table: TableRecords | undefined;
  const used = usedColumns(others, chosen);
  for (const [number, file] of files.entries()) {
    const lacking = used.find((name) => !file.columns.includes(name));
    if (lacking)
      throw new DatasetFileError(
        `${caller}: ${file.name} has no column "${lacking}", which ${files[0]!.name} has. Open them apart.`,
      );
    table ??= tableRecords(caller, file.name, [PATH, ...used], chosen);
    const cells: unknown[][] = [];
    for (const name of used) cells.push(await file.read(name));
    for (let row = 0; row < file.rows; row++) {
      const path = files.length > 1 ? `${number}/${row}` : `${row}`;
      table.add([path, ...cells.map((column) => plain(column[row]))], `row ${row} of ${file.name}`);
    }
  }
  const { records } = table!.finish();
  return { ...records, ...(images !== 'ignore' && { images: parquetImages(files, image) }) };
}

/** Only what is asked for is read: other columns may hold anything. */
function usedColumns(present: readonly string[], { labels, id, group, split }: TableColumns): string[] {
  if (!labels) return [...present];
  const wanted = 'column' in labels ? [labels.column] : labels;
  return [...new Set([...wanted, ...[id, group, split].filter((name) => name !== undefined)])];
}

/** Bytes as text, as text columns come undecoded beside the images'. */
function plain(cell: unknown): unknown {
  if (cell instanceof Uint8Array) return new TextDecoder().decode(cell);
  return Array.isArray(cell) ? cell.map(plain) : cell;
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
