import { DatasetFileError } from '../errors';
import type { Limits } from '../limits/limits';
import { decodeText } from './decode-text';
import type { FolderTable } from './folder-tables';
import { IMAGE_ENDING } from './image-finder';
import { labelColumn } from './label-column';
import type { ListedFolder } from './list-folder';
import type { ReadingOptions } from './read-text';
import { rowProblems } from './row-problems';
import { sidecarCell } from './sidecar-cell';
import type { TableColumns } from './table-options';

/** The number of files that are read at once. */
const AT_ONCE = 64;

/** The path of the file with the labels of one image; undefined if there is none. */
export function sidecarOf(path: string, folder: ListedFolder): string | undefined {
  const stem = path.replace(IMAGE_ENDING, '');
  return [`${stem}.txt`, `${stem}.json`, `${path}.txt`, `${path}.json`].find(folder.has);
}

/**
 * The labels in a `.txt` or `.json` beside each image of a folder.
 *
 * @param images the paths of the images, sorted
 * @throws {DatasetFileError} a sidecar is invalid, or images have none
 */
export async function fromSidecars(
  caller: string,
  folder: ListedFolder,
  images: readonly string[],
  options: TableColumns & ReadingOptions & { readonly unlabelled?: 'refuse' | 'skip' },
  limits: Required<Limits>,
): Promise<FolderTable> {
  const { labels, unlabelled = 'refuse', encoding } = options;
  const sidecars = images.map((path) => sidecarOf(path, folder));
  const lacking = images.filter((_, i) => !sidecars[i]);
  if (lacking.length > 0 && (unlabelled === 'refuse' || lacking.length === images.length)) {
    throw new DatasetFileError(
      `${caller}: ${lacking.length.toLocaleString('en-US')} of the ${images.length.toLocaleString('en-US')} images in ${folder.name} have no labels beside them, the first ${lacking.slice(0, 3).join(', ')}: ` +
        "looked for metadata.csv, metadata.jsonl, _classes.csv, a .txt or .json of each image's name, and a folder a class that holds them all. Add them, or leave those images out with unlabelled: 'skip'.",
    );
  }
  const there = images.flatMap((image, i) => (sidecars[i] ? [{ image, sidecar: sidecars[i] }] : []));
  const fail = (where: string, problem: string): never => {
    throw new DatasetFileError(`${caller}: ${where}: ${problem}. Correct the file.`);
  };
  const cells = labels && ('column' in labels ? labels : { names: labels });
  const column = labelColumn(`${caller}: ${folder.name}`, { delimiter: ',', ...cells }, limits);
  const rows = rowProblems(caller, folder.name, options.onProblem);
  const ids: string[] = [];
  const places: string[] = [];
  for (let start = 0; start < there.length; start += AT_ONCE) {
    const some = there.slice(start, start + AT_ONCE);
    const contents = await Promise.all(some.map(({ sidecar }) => folder.read(sidecar)));
    some.forEach(({ image, sidecar }, i) => {
      rows.attempt(sidecar, (wrong) => {
        const text = decodeText(contents[i], { caller, fail: wrong, ...(encoding && { encoding }) });
        const keep = column.read(sidecarCell(sidecar, text, wrong), sidecar, wrong);
        keep(ids.length);
        ids.push(image);
        places.push(sidecar);
      });
    });
  }
  const records = { ids, ...column.finish(ids.length, fail) };
  return { records, imageNames: ids, places, problems: rows.skipped, file: folder.name };
}
