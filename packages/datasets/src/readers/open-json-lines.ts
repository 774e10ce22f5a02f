import type { ImageDataset } from '../image-dataset';
import { checkedLimits } from '../limits/limits';
import { checkOptions } from '../options/check-options';
import { findPlaces } from './find-places';
import { jsonLinesTable } from './json-lines-table';
import { type ReadingOptions, readText, sourceName, type TextSource } from './read-text';
import { tableDataset } from './table-dataset';
import {
  type ImagePlaces,
  PLACE_OPTIONS,
  READING_OPTIONS,
  TABLE_OPTIONS,
  type TableColumns,
} from './table-options';

/** How JSON lines are opened. */
export interface JsonLinesOptions extends TableColumns, ImagePlaces, ReadingOptions {}

/**
 * Opens a file of JSON objects, one per line or in one list. Each object has a key for the image (`file_name`, or the first)
 * and the labels in keys of their own or in one list. No image is opened.
 *
 * @param source the file: a path or URL, gzipped or not, a `File`, or its bytes
 * @throws {DatasetFileError} a line isn't a JSON object, or is invalid
 * @throws {DatasetOptionError} an option is misspelt
 * @throws {UnknownLabelError} an option names a key that no line has; the nearest are named
 * @throws {MissingImagesError} images that are not there
 * @throws {LimitExceededError} the file is larger or nested deeper than `limits` allow
 *
 * @example
 * ```ts
 * import { openJsonLines } from '@thawjs/datasets';
 *
 * const lines = '{"file_name":"a.png","tags":["cat","night"]}\n{"file_name":"b.png","tags":[]}\n';
 * const set = await openJsonLines(new TextEncoder().encode(lines), { labels: { column: 'tags' } });
 * console.log(set.ids, set.labels, set.y.join('')); // [ 'a.png', 'b.png' ] [ 'cat', 'night' ] 1100
 * ```
 */
export async function openJsonLines(
  source: TextSource,
  options: JsonLinesOptions = {},
): Promise<ImageDataset> {
  const caller = 'openJsonLines';
  checkOptions(caller, options, { ...TABLE_OPTIONS, ...PLACE_OPTIONS, ...READING_OPTIONS });
  const limits = checkedLimits(caller, options.limits);
  const text = await readText(caller, source, 'JSON lines of labels', options);
  const file = sourceName(source);
  const table = jsonLinesTable(caller, file, text, options, limits).finish();
  const places = await findPlaces(caller, table.imageNames, source, options, limits);
  return tableDataset(caller, table, places, { ...options, file });
}
