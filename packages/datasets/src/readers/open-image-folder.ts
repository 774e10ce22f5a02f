import type { ImageDataset } from '../image-dataset';
import { checkedLimits } from '../limits/limits';
import { checkOptions, oneOf } from '../options/check-options';
import { placesInFolder } from './find-places';
import { folderTables, fromTables } from './folder-tables';
import { fromSidecars } from './from-sidecars';
import { listFolder } from './list-folder';
import type { ReadingOptions } from './read-text';
import { tableDataset } from './table-dataset';
import { READING_OPTIONS, TABLE_OPTIONS, type TableColumns } from './table-options';

const CALLER = 'openImageFolder';

/** How a folder of images is opened. */
export interface ImageFolderOptions extends Omit<TableColumns, 'image'>, ReadingOptions {
  /** With a sidecar an image: what becomes of images without one. `'refuse'` (default) or `'skip'`. */
  readonly unlabelled?: 'refuse' | 'skip';
  /** `'allow'` follows symbolic links that lead out of the folder. Default `'refuse'`. */
  readonly outside?: 'refuse' | 'allow';
  /** `'ignore'` opens the labels alone. */
  readonly images?: 'ignore';
}

/**
 * Opens a folder of images with their labels beside them; no image is touched.
 *
 * Either one `metadata.csv` or `metadata.jsonl` for all (Hugging Face's ImageFolder), with the paths in `file_name`; or a
 * sidecar an image, `a.txt` or `a.json` beside `a.jpg`, at any depth: label names by line or comma, or a JSON list of them (or
 * an object whose `labels` is one, or whose values are true and false).
 *
 * @param source the folder's path, or its files as a page gets them from an input or a drop
 * @throws {DatasetFileError} a metadata row or a sidecar is not as it should be, or there are no images
 * @throws {MissingImagesError} the metadata names images that are not there
 *
 * @example
 * ```ts
 * import { openImageFolder } from '@thawjs/datasets';
 *
 * const files = [new File(['…'], 'a.jpg'), new File(['cat, night'], 'a.txt'), new File(['…'], 'b.jpg'), new File([''], 'b.txt')];
 * const dataset = await openImageFolder(files);
 * console.log(dataset.labels, dataset.y.join('')); // [ 'cat', 'night' ] 1100
 * ```
 */
export async function openImageFolder(
  source: string | Iterable<File>,
  options: ImageFolderOptions = {},
): Promise<ImageDataset> {
  const { image: _, ...tableOptions } = TABLE_OPTIONS;
  checkOptions(CALLER, options, {
    ...tableOptions,
    ...READING_OPTIONS,
    unlabelled: oneOf('refuse', 'skip'),
    outside: oneOf('refuse', 'allow'),
    images: oneOf('ignore'),
  });
  const limits = checkedLimits(CALLER, options.limits);
  const folder = await listFolder(CALLER, source, {
    limits,
    ...(options.outside && { outside: options.outside }),
  });
  const tables = folderTables(folder.paths);
  const finished =
    tables.length > 0
      ? await fromTables(CALLER, folder, tables, options, limits)
      : await fromSidecars(CALLER, folder, options, limits);
  const places =
    options.images === 'ignore' ? undefined : placesInFolder(CALLER, finished.imageNames, folder);
  return tableDataset(CALLER, finished, places, { ...options, file: finished.file, isBeside: true });
}
