import type { ImageDataset } from '../image-dataset';
import { checkedLimits } from '../limits/limits';
import { checkOptions, oneOf } from '../options/check-options';
import { csvTable } from './csv-table';
import { findPlaces } from './find-places';
import { type ReadingOptions, readText, sourceName, type TextSource } from './read-text';
import { tableDataset } from './table-dataset';
import {
  type ImagePlaces,
  PLACE_OPTIONS,
  READING_OPTIONS,
  TABLE_OPTIONS,
  type TableColumns,
  TEXTS,
} from './table-options';

/** How a CSV is opened. */
export interface CsvOptions extends TableColumns, ImagePlaces, ReadingOptions {
  /**
   * The separator of the cells: `' '` is any number of spaces. Default that of a first line `sep=;`, or the one of comma, semicolon,
   * tab and bar that the first line has most of.
   */
  readonly separator?: ',' | ';' | '\t' | '|' | ' ';
  /** The names of the columns, for a file whose first line is a row of its table. Default: the first line has them. */
  readonly header?: readonly string[];
}

/**
 * Opens a CSV with a column of image paths, names or URLs, and labels in columns of their own or in one delimited column; no
 * image is opened.
 *
 * Images are found now: a table from a path or a URL looks beside itself, or in `root`. Rows of blank cells, commas at the ends
 * of lines and decimal commas are understood.
 *
 * @param source the file: a path or URL, gzipped or not, a `File`, or its bytes
 * @throws {DatasetFileError} a row is invalid, or a path leads out of the images' folder
 * @throws {UnknownLabelError} an option names a column that is not there; the nearest are named
 * @throws {DatasetOptionError} an option is misspelt
 * @throws {MissingImagesError} images that are not there
 * @throws {LimitExceededError} the table has more cells or bytes than `limits` allow
 * @throws {DownloadPageError} it is an HTML page
 *
 * @example
 * ```ts
 * import { openCsv } from '@thawjs/datasets';
 *
 * const table = new TextEncoder().encode('file,tags,patient\na.png,Edema|Mass,7\nb.png,,7\n');
 * const options = { labels: { column: 'tags' }, group: 'patient', images: 'ignore' } as const;
 * const scans = await openCsv(table, options);
 * console.log(scans.ids, scans.labels, scans.y.join('')); // [ 'a.png', 'b.png' ] [ 'Edema', 'Mass' ] 1100
 * ```
 */
export async function openCsv(source: TextSource, options: CsvOptions = {}): Promise<ImageDataset> {
  const caller = 'openCsv';
  checkOptions(caller, options, {
    ...TABLE_OPTIONS,
    ...PLACE_OPTIONS,
    ...READING_OPTIONS,
    separator: oneOf(',', ';', '\t', '|', ' '),
    header: TEXTS,
  });
  const text = await readText(caller, source, 'a CSV of labels', options);
  const file = sourceName(source);
  const table = csvTable(caller, file, text, options).finish();
  const limits = checkedLimits(caller, options.limits);
  const places = await findPlaces(caller, table.imageNames, source, options, limits);
  return tableDataset(caller, table, places, { ...options, file });
}
