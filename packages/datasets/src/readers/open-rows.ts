import { DatasetFileError } from '../errors';
import type { ImageDataset } from '../image-dataset';
import { checkedLimits, type Limits } from '../limits/limits';
import { ANY, checkOptions } from '../options/check-options';
import { findPlaces } from './find-places';
import { isObject } from './is-object';
import { objectsTable } from './objects-table';
import { tableDataset } from './table-dataset';
import {
  type ImagePlaces,
  PLACE_OPTIONS,
  TABLE_OPTIONS,
  type TableColumns,
  type TableRow,
} from './table-options';

/** How rows are opened. */
export interface RowsOptions extends TableColumns, ImagePlaces {
  /** Limits on the cost of one input; a larger one is a `LimitExceededError`. */
  readonly limits?: Limits;
}

/**
 * Opens rows that a program has made of data that no reader knows, such as another tool's JSON or the answer of a
 * database. A row is an object per image, with a key for the image (`file_name`, or the first) and the labels in keys of
 * their own or in one list.
 *
 * Images are looked for in `root` or among `files`; without either, the data set has labels alone. No image is opened.
 *
 * @throws {DatasetFileError} a row isn't an object, or is invalid
 * @throws {DatasetOptionError} an option is misspelt
 * @throws {UnknownLabelError} an option names a key that no row has; the nearest are named
 * @throws {MissingImagesError} images that are not there
 *
 * @example
 * ```ts
 * import { openRows } from '@thawjs/datasets';
 *
 * const via = { 'a.jpg12': { filename: 'a.jpg', regions: [{ region_attributes: { kind: 'cat' } }] } };
 * const rows = Object.values(via).map(({ filename, regions }) => ({
 *   image: filename,
 *   labels: regions.map((region) => region.region_attributes.kind),
 * }));
 * const set = await openRows(rows, { labels: { column: 'labels' } });
 * console.log(set.ids, set.labels); // [ 'a.jpg' ] [ 'cat' ]
 * ```
 */
export async function openRows(rows: Iterable<TableRow>, options: RowsOptions = {}): Promise<ImageDataset> {
  const caller = 'openRows';
  checkOptions(caller, options, { ...TABLE_OPTIONS, ...PLACE_OPTIONS, limits: ANY });
  const limits = checkedLimits(caller, options.limits);
  const file = 'rows';
  const all = Array.from(rows, (row, i) => {
    if (isObject(row)) return { row, where: `row ${i}` };
    throw new DatasetFileError(
      `${caller}: row ${i}: expected an object, such as { image: 'a.jpg', labels: ['cat'] }; received ${JSON.stringify(row)?.slice(0, 60)}.`,
    );
  });
  if (all.length === 0) throw new DatasetFileError(`${caller}: expected rows; received none.`);
  const table = objectsTable(caller, file, all, options, limits).finish();
  // Rows lie in no folder, unlike a table's file.
  const places = await findPlaces(caller, table.imageNames, new Uint8Array(), options, limits);
  return tableDataset(caller, table, places, { ...options, file });
}
