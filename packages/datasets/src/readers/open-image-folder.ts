import { readCsvRows } from '../csv/read-csv-rows';
import { DatasetFileError, MissingImagesError } from '../errors';
import { ImageDataset } from '../image-dataset';
import type { DatasetRecords } from '../records/dataset-records';
import { type ListedFolder, listFolder } from './list-folder';
import { placedImages } from './placed-images';
import { readJsonLines } from './read-json-lines';
import { readText } from './read-text';
import { sidecarNames } from './sidecar-names';
import type { TableColumns } from './table-options';
import { namedLabels, type TableRecords, tableRecords } from './table-records';

const CALLER = 'openImageFolder';
const IMAGE = /\.(?:jpe?g|png|webp|gif|avif|tiff?|bmp)$/i;
/** Files read at once. */
const AT_ONCE = 64;

/** How a folder of images is opened. */
export interface ImageFolderOptions extends Omit<TableColumns, 'image'> {
  /** With a sidecar an image: what becomes of images without one. `'refuse'` (default) or `'skip'`. */
  readonly unlabelled?: 'refuse' | 'skip';
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
  const folder = await listFolder(CALLER, source);
  const table = ['metadata.csv', 'metadata.jsonl'].find((name) => folder.has(name));
  const { records, imageNames } = table
    ? await fromTable(folder, table, options)
    : await fromSidecars(folder, options);
  const images = placedImages(
    CALLER,
    imageNames,
    folder.name,
    typeof source === 'string' ? { root: source } : { files: folder.files! },
  );
  return new ImageDataset({ ...records, ...(images && { images }) });
}

type Labelled = { readonly records: DatasetRecords; readonly imageNames: readonly string[] };

async function fromTable(folder: ListedFolder, name: string, options: ImageFolderOptions): Promise<Labelled> {
  const { unlabelled: _, ...columns } = options;
  const text = await readText(CALLER, await folder.read(name), 'a table of labels');
  let table: TableRecords | undefined;
  const start = (header: readonly string[]) =>
    tableRecords(CALLER, name, header, { ...columns, image: 'file_name' });
  if (name.endsWith('.csv')) {
    await readCsvRows(text, (cells, line) => {
      if (table) table.add(cells, `line ${line}`);
      else table = start(cells.map((cell) => cell.trim()));
    });
  } else {
    const { header, rows } = readJsonLines(CALLER, name, text);
    table = start(header);
    for (const { cells, line } of rows) table.add(cells, `line ${line}`);
  }
  if (!table) throw new DatasetFileError(`${CALLER}: ${name} has no line. Correct the file.`);
  const labelled = table.finish();
  const missing = labelled.imageNames.filter((image) => !folder.has(image.replace(/^(?:\.\/)+/, '')));
  if (missing.length > 0) {
    throw new MissingImagesError(
      `${CALLER}: ${missing.length.toLocaleString('en-US')} of the ${labelled.imageNames.length.toLocaleString('en-US')} images that ${name} names are missing, the first ${missing.slice(0, 3).join(', ')}. Put them there, or leave their rows out.`,
    );
  }
  return labelled;
}

async function fromSidecars(folder: ListedFolder, options: ImageFolderOptions): Promise<Labelled> {
  const { labels, unlabelled = 'refuse' } = options;
  const images = folder.paths.filter((path) => IMAGE.test(path)).sort();
  if (images.length === 0) {
    throw new DatasetFileError(
      `${CALLER}: there are no images in ${folder.name}. Give the folder that holds them.`,
    );
  }
  const sidecars = images.map((path) => {
    const stem = path.replace(IMAGE, '');
    return [`${stem}.txt`, `${stem}.json`, `${path}.txt`, `${path}.json`].find(folder.has);
  });
  const lacking = images.filter((_, i) => !sidecars[i]);
  if (lacking.length > 0 && (unlabelled === 'refuse' || lacking.length === images.length)) {
    throw new DatasetFileError(
      `${CALLER}: ${lacking.length.toLocaleString('en-US')} of the ${images.length.toLocaleString('en-US')} images in ${folder.name} have no labels beside them, the first ${lacking.slice(0, 3).join(', ')}: ` +
        "looked for metadata.csv, metadata.jsonl, and a .txt or .json of each image's name. Add them, or leave those images out with unlabelled: 'skip'.",
    );
  }
  const ids = images.filter((_, i) => sidecars[i]);
  const there = sidecars.filter((name) => name !== undefined);
  const names: string[][] = [];
  for (let start = 0; start < there.length; start += AT_ONCE) {
    const some = there.slice(start, start + AT_ONCE).map(async (name) => {
      const bytes = await folder.read(name);
      return sidecarNames(CALLER, name, new TextDecoder().decode(bytes));
    });
    names.push(...(await Promise.all(some)));
  }
  const given = labels && ('column' in labels ? labels.names : labels);
  return { imageNames: ids, records: { ids, ...namedLabels(given, names, folder.name, CALLER) } };
}
