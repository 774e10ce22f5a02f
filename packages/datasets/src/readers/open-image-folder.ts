import { DatasetFileError } from '../errors';
import type { ImageDataset } from '../image-dataset';
import { checkedLimits, type Limits } from '../limits/limits';
import { checkOptions, oneOf } from '../options/check-options';
import { placesInFolder } from './find-places';
import { type FolderTable, folderTables, fromTables } from './folder-tables';
import { fromClassFolders, refuseArrow } from './from-class-folders';
import { fromSidecars, sidecarOf } from './from-sidecars';
import { IMAGE_ENDING } from './image-finder';
import { type ListedFolder, listFolder } from './list-folder';
import type { ReadingOptions } from './read-text';
import { tableDataset } from './table-dataset';
import { READING_OPTIONS, TABLE_OPTIONS, type TableColumns } from './table-options';

const CALLER = 'openImageFolder';

/** How a folder of images is opened. */
export interface ImageFolderOptions extends Omit<TableColumns, 'image'>, ReadingOptions {
  /** If labels are in sidecars: what becomes of images without a sidecar, `'refuse'` (default) or `'skip'`. */
  readonly unlabelled?: 'refuse' | 'skip';
  /** `'allow'` follows symbolic links that lead out of the folder. Default `'refuse'`. */
  readonly outside?: 'refuse' | 'allow';
  /** `'ignore'` opens the labels alone. */
  readonly images?: 'ignore';
}

/**
 * Opens a folder of images with their labels beside them. No image is opened.
 *
 * The folder may have one `metadata.csv` or `metadata.jsonl` for all images (Hugging Face's ImageFolder), with the paths
 * in `file_name`. Or each image has a sidecar, `a.txt` or `a.json` beside `a.jpg`, at any depth: label names by line or
 * comma, a JSON list of names, a JSON object whose `labels` is such a list or whose values are true and false, or
 * LabelMe's file. Without either, each sub-folder is a class, as in `cat/1.jpg`, and an image has one label, the name of
 * its sub-folder. Folders called train, valid and test above the classes are official parts. An image beside the
 * sub-folders is an error.
 *
 * @param source the folder's path, or its files as a page gets them from an input or a drop
 * @throws {DatasetFileError} a metadata row or a sidecar is invalid, there are no images, or the folder
 *   holds Hugging Face's Arrow files
 * @throws {UnknownLabelError} a folder of a class is none of `labels`
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
      : await fromImages(folder, options, limits);
  const places =
    options.images === 'ignore' ? undefined : placesInFolder(CALLER, finished.imageNames, folder);
  return tableDataset(CALLER, finished, places, { ...options, file: finished.file, isBeside: true });
}

/** The labels of a folder without a table: those beside the images, else the names of their folders. */
async function fromImages(
  folder: ListedFolder,
  options: ImageFolderOptions,
  limits: Required<Limits>,
): Promise<FolderTable> {
  refuseArrow(CALLER, folder);
  const images = folder.paths.filter((path) => IMAGE_ENDING.test(path)).sort();
  if (images.length === 0)
    throw new DatasetFileError(
      `${CALLER}: there are no images in ${folder.name}. Give the folder that holds them.`,
    );
  const hasSidecars = images.some((path) => sidecarOf(path, folder));
  const classes = hasSidecars ? undefined : fromClassFolders(CALLER, folder, images, options, limits);
  return classes ?? fromSidecars(CALLER, folder, images, options, limits);
}
