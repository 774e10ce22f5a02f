import { DatasetFileError } from '../errors';
import { labelColumns } from '../labels/label-columns';
import { checkedLimits, DEFAULT_LIMITS, type Limits } from '../limits/limits';
import type { DatasetRecords } from '../records/dataset-records';
import { huggingFaceNames } from './hugging-face-names';
import { openParquetFile, type ParquetFile } from './parquet-file';
import { parquetImages } from './parquet-images';
import type { TextSource } from './read-text';
import type { LabelColumns, TableColumns } from './table-options';
import { tableRecords } from './table-records';
import { usedColumns } from './used-columns';

const PATH = 'image path';
const UTF8 = new TextDecoder('utf-8', { fatal: true });

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
  {
    images,
    image = 'image',
    labels,
    limits,
    ...columns
  }: TableColumns & { readonly images?: 'ignore'; readonly limits?: Limits },
): Promise<DatasetRecords> {
  const checked = checkedLimits(caller, limits);
  const files: ParquetFile[] = [];
  for (const source of sources) files.push(await openParquetFile(caller, source, checked));
  if (files.length === 0)
    throw new DatasetFileError(`${caller}: expected at least one parquet file; received none.`);
  const [first] = files as [ParquetFile];
  if (images !== 'ignore') labelColumns(`${caller}: ${first.name}`, [image], first.columns, 'column');
  const others = first.columns.filter((name) => name !== image);
  const chosen = { ...columns, image: PATH, ...(labels && { labels: withFileNames(labels, first) }) };
  const used = usedColumns(others, chosen);
  const starts = [0];
  for (const { rows } of files) starts.push(starts.at(-1)! + rows);
  const table = tableRecords(caller, first.name, [PATH, ...used], chosen, limits);
  for (const [number, file] of files.entries()) {
    const lacking = used.find((name) => !file.columns.includes(name));
    if (lacking)
      throw new DatasetFileError(
        `${caller}: ${file.name} has no column "${lacking}", which ${first.name} has. Open them apart.`,
      );
    const cells: unknown[][] = [];
    for (const name of used) cells.push(await file.read(name));
    for (let row = 0; row < file.rows; row++) {
      const path = files.length > 1 ? `${number}/${row}` : `${row}`;
      table.add([path, ...cells.map((column) => plain(column[row]))], `row ${row} of ${file.name}`);
    }
  }
  const { records, imageNames, problems } = table.finish();
  const indexOf = (path: string) => {
    const [number, row] = files.length > 1 ? path.split('/').map(Number) : [0, Number(path)];
    return starts[number] + row;
  };
  const source = images === 'ignore' ? undefined : parquetImages(files, image);
  return {
    ...records,
    ...(problems.length > 0 && { problems }),
    ...(source && { images: limits ? { ...source, limits } : source }),
    ...(source &&
      imageNames.length < starts.at(-1)! && { imageIndices: Int32Array.from(imageNames, indexOf) }),
  };

  /** Bytes as text, as text columns come undecoded beside the images'. */
  function plain(cell: unknown): unknown {
    if (Array.isArray(cell)) return cell.map(plain);
    if (!(cell instanceof Uint8Array)) return cell;
    try {
      return UTF8.decode(cell);
    } catch (error) {
      throw new DatasetFileError(
        `${caller}: ${first.name}: expected text as UTF-8; received other bytes. Name the columns of labels with labels, or write the file anew.`,
        { cause: error },
      );
    }
  }
}

/** The labels with the names of the class numbers, which the file's own description may have. */
function withFileNames(labels: LabelColumns, file: ParquetFile): LabelColumns {
  if (!('column' in labels) || labels.names) return labels;
  const names = huggingFaceNames(file.metadata, labels.column);
  return names ? { form: 'numbers', ...labels, names } : labels;
}
