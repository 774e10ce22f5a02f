import { DatasetFileError } from '../errors';
import { ImageDataset } from '../image-dataset';
import { checkedLimits, type Limits } from '../limits/limits';
import { ANY, checkOptions, oneOf } from '../options/check-options';
import { nodeModules } from '../platform/node-modules';
import { openArrowFile } from './arrow-file';
import { arrowFiles } from './arrow-folder';
import type { ColumnFilePlace } from './column-file';
import { columnRecords } from './column-records';
import { type ListedFolder, listFiles, listFolder } from './list-folder';
import { isUrl, type TextSource } from './read-text';
import { partOfWord } from './split-column';
import { TABLE_OPTIONS, type TableColumns } from './table-options';

const CALLER = 'openArrow';

/** How Arrow files are opened. */
export interface ArrowOptions extends TableColumns {
  /** `'allow'` follows symbolic links that lead out of the folder. Default `'refuse'`. */
  readonly outside?: 'refuse' | 'allow';
  /** `'ignore'` opens the labels alone. */
  readonly images?: 'ignore';
  /** Limits on the cost of one input; a larger one is a `LimitExceededError`. */
  readonly limits?: Limits;
}

/**
 * Opens a folder that `save_to_disk` of Hugging Face's `datasets` wrote, its cache of one data set, or Arrow files with
 * embedded images. No image is touched. Each is read by its own range of bytes, or, in compressed files, with its batch.
 *
 * The image column (default `image`, or the only one that the description calls so) holds `{ bytes, path }`, or bytes.
 * Labels are columns of 0/1 or true/false, or one column of names or of class numbers, whose names the file's own description
 * has (`ClassLabel`). Parts of a `DatasetDict` that are called train, validation and test are the official parts.
 *
 * ```ts no-run
 * import { openArrow } from '@thawjs/datasets';
 *
 * // what load_dataset(…).save_to_disk('films') wrote
 * const set = await openArrow('films', { labels: { column: 'genres' } });
 * console.log(set.labels, set.splits);
 * ```
 *
 * @param source a folder's path, or its files as a page gets them; or one Arrow file or several, whose rows follow each other
 * @throws {DatasetFileError} a file is missing, isn't an Arrow file, is damaged, or has an invalid value
 * @throws {UnknownLabelError} a column is not there, that of the images among them; the nearest are named
 * @throws {LimitExceededError} there are more rows × labels than `limits.cells`
 */
export async function openArrow(
  source: TextSource | readonly TextSource[],
  options: ArrowOptions = {},
): Promise<ImageDataset> {
  checkOptions(CALLER, options, {
    ...TABLE_OPTIONS,
    outside: oneOf('refuse', 'allow'),
    images: oneOf('ignore'),
    limits: ANY,
  });
  const limits = checkedLimits(CALLER, options.limits);
  const folder = await folderOf(source, limits, options);
  const places = folder ? await inFolder(folder, limits) : await alone(source, limits);
  const { outside: _, ...columns } = options;
  return new ImageDataset(await columnRecords(CALLER, places, columns));
}

/** The folder that is to be opened; undefined if these are files. */
async function folderOf(
  source: TextSource | readonly TextSource[],
  limits: Required<Limits>,
  { outside }: ArrowOptions,
): Promise<ListedFolder | undefined> {
  if (Array.isArray(source)) {
    const files = source as readonly TextSource[];
    const isFile = (one: TextSource): one is File => typeof File !== 'undefined' && one instanceof File;
    const isFolder =
      files.length > 0 && files.every(isFile) && files.some(({ name }) => name.endsWith('.json'));
    return isFolder ? listFiles(files as readonly File[], 'the files') : undefined;
  }
  const node = nodeModules();
  if (!node || typeof source !== 'string' || isUrl(source)) return undefined;
  const isFolder = await node.fs.stat(source).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? listFolder(CALLER, source, { limits, ...(outside && { outside }) }) : undefined;
}

async function inFolder(folder: ListedFolder, limits: Required<Limits>): Promise<ColumnFilePlace[]> {
  const places: ColumnFilePlace[] = [];
  for (const { name, paths, info } of await arrowFiles(CALLER, folder)) {
    const part = name === undefined ? undefined : partOfWord(name);
    let first = 0;
    for (const path of paths) {
      const opened = await openArrowFile(CALLER, folder.place(path) as TextSource, limits);
      const file = { ...opened, description: opened.description ?? info };
      places.push({ file, prefix: name === undefined ? '' : `${name}/`, first, ...(part && { part }) });
      first += file.rows;
    }
  }
  return places;
}

async function alone(
  source: TextSource | readonly TextSource[],
  limits: Required<Limits>,
): Promise<ColumnFilePlace[]> {
  const sources = Array.isArray(source) ? (source as readonly TextSource[]) : [source as TextSource];
  if (sources.length === 0)
    throw new DatasetFileError(`${CALLER}: expected at least one Arrow file; received none.`);
  const places: ColumnFilePlace[] = [];
  let first = 0;
  for (const one of sources) {
    const file = await openArrowFile(CALLER, one, limits);
    places.push({ file, prefix: '', first });
    first += file.rows;
  }
  return places;
}
