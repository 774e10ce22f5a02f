import { DatasetFileError } from '../errors';
import { labelColumns } from '../labels/label-columns';
import type { Limits } from '../limits/limits';
import type { DatasetRecords, SplitName } from '../records/dataset-records';
import type { ColumnFile, ColumnFilePlace } from './column-file';
import { columnImages } from './column-images';
import { classNames, imageColumn } from './hugging-face-features';
import type { LabelColumns, TableColumns } from './table-options';
import { tableRecords } from './table-records';
import { usedColumns } from './used-columns';

const PATH = 'image path';
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** How the columns of files become records. */
export interface ColumnRecordsOptions extends TableColumns {
  readonly images?: 'ignore';
  readonly limits?: Limits;
}

/**
 * The records of files that are read by column, one after another.
 *
 * @throws {DatasetFileError} a file lacks a column, or has values that can't be labels
 * @throws {UnknownLabelError} the first file lacks a column; the nearest are named
 */
export async function columnRecords(
  caller: string,
  places: readonly ColumnFilePlace[],
  { images, image, labels, limits, ...columns }: ColumnRecordsOptions,
): Promise<DatasetRecords> {
  const [{ file: first }] = places;
  const pictures = image ?? imageColumn(first);
  if (images !== 'ignore') labelColumns(`${caller}: ${first.name}`, [pictures], first.columns, 'column');
  const others = first.columns.filter((name) => name !== pictures);
  const chosen = { ...columns, image: PATH, ...(labels && { labels: withClassNames(labels, first) }) };
  const used = usedColumns(others, chosen);
  const table = tableRecords(caller, first.name, [PATH, ...used], chosen, limits);
  const parts: (SplitName | undefined)[] = [];
  const indexOf = new Map<string, number>();
  for (const { file, prefix, first: start, part } of places) {
    const lacking = used.find((name) => !file.columns.includes(name));
    if (lacking)
      throw new DatasetFileError(
        `${caller}: ${file.name} has no column "${lacking}", which ${first.name} has. Open them apart.`,
      );
    const cells: unknown[][] = [];
    for (const name of used) cells.push(await file.read(name));
    for (let row = 0; row < file.rows; row++) {
      const path = `${prefix}${start + row}`;
      indexOf.set(path, parts.length);
      parts.push(part);
      table.add(
        [path, ...cells.map((column) => plain(column[row]))],
        places.length === 1 ? `row ${row}` : `row ${row} of ${file.name}`,
      );
    }
  }
  const { records, imageNames, problems } = table.finish();
  const indices = imageNames.map((path) => indexOf.get(path)!);
  const splits = indices.map((index) => parts[index]).filter((part) => part !== undefined);
  const isSplit = columns.split === undefined && splits.length === indices.length;
  const source =
    images === 'ignore'
      ? undefined
      : columnImages(
          places.map(({ file }) => file),
          pictures,
        );
  return {
    ...records,
    ...(isSplit && { splits }),
    ...(problems.length > 0 && { problems }),
    ...(source && { images: limits ? { ...source, limits } : source }),
    ...(source && indices.length < parts.length && { imageIndices: Int32Array.from(indices) }),
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
function withClassNames(labels: LabelColumns, { description }: ColumnFile): LabelColumns {
  if (!('column' in labels) || labels.names) return labels;
  const names = classNames(description, labels.column);
  return names ? { form: 'numbers', ...labels, names } : labels;
}
