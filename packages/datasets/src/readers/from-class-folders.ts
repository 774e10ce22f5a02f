import { DatasetFileError, UnknownLabelError } from '../errors';
import { type Limits, limitExceeded } from '../limits/limits';
import type { SplitName } from '../records/dataset-records';
import type { FolderTable } from './folder-tables';
import type { ListedFolder } from './list-folder';
import { partOfWord } from './split-column';
import type { LabelColumns } from './table-options';

/** Names of folders that are no classes. */
const NO_CLASS =
  /^(?:images?|img|imgs|photos?|pictures?|pics|jpe?gs?|jpegimages|pngs?|data|datasets?|all|parts?|batch|shards?)[ _-]*\d*$/i;

/** An image in a folder of its class. */
interface ClassImage {
  readonly path: string;
  readonly label: string;
  readonly part: SplitName | undefined;
}

/**
 * The images of a folder that has one sub-folder per class. Each image has one label, the name of its sub-folder.
 * Folders called train, valid and test above the classes are official parts. A folder that holds all images is no class.
 *
 * @param images the paths of the images, sorted
 * @returns undefined if images lie beside the folders, or the folders' names are no classes
 * @throws {UnknownLabelError} `labels` are given, and a folder has none of these names
 * @throws {LimitExceededError} there are more images × classes than `limits.cells`
 */
export function fromClassFolders(
  caller: string,
  folder: ListedFolder,
  images: readonly string[],
  { labels: given, ...options }: { readonly labels?: LabelColumns; readonly split?: unknown },
  limits: Required<Limits>,
): FolderTable | undefined {
  // .ipynb_checkpoints, __MACOSX and the like hold copies
  const classified = classImages(images.filter((path) => !/(?:^|\/)(?:\.|__MACOSX\/)/.test(path)));
  if (!classified) return undefined;
  const found = [...new Set(classified.map(({ label }) => label))].sort();
  const names = given && ('column' in given ? given.names : given);
  if (!names && (found.length < 2 || found.some((name) => NO_CLASS.test(name)))) return undefined;
  if (!names) refuseDescriptions(caller, folder, classified);
  const labels = names ?? found;
  const unknown = found.find((name) => !labels.includes(name));
  if (unknown !== undefined)
    throw new UnknownLabelError(
      `${caller}: expected folders in ${folder.name} called ${labels.slice(0, 5).join(', ')}, as labels says; received "${unknown}". Add it to labels, or move it away.`,
    );
  if (classified.length * labels.length > limits.cells)
    throw limitExceeded(
      limits,
      'cells',
      `${caller}: ${folder.name}`,
      `${classified.length} images × ${labels.length} folders`,
    );
  const y = new Uint8Array(classified.length * labels.length);
  classified.forEach(({ label }, row) => {
    y[row * labels.length + labels.indexOf(label)] = 1;
  });
  const ids = classified.map(({ path }) => path);
  const splits = classified.map(({ part }) => part).filter((part) => part !== undefined);
  const isSplit = options.split === undefined && splits.length === ids.length;
  const records = { ids, labels, y, ...(isSplit && { splits }) };
  return { records, imageNames: ids, places: ids, problems: [], file: folder.name };
}

/** Each image with its class; undefined if one lies in no folder of a class. */
function classImages(paths: readonly string[]): readonly ClassImage[] | undefined {
  let folders = paths.map((path) => path.split('/').slice(0, -1));
  let parts: readonly (SplitName | undefined)[] = paths.map(() => undefined);
  for (;;) {
    const firsts = new Set(folders.map(([first]) => first));
    if (folders.length === 0 || firsts.has(undefined as unknown as string)) return undefined;
    const named = folders.map(([first]) => partOfWord(first));
    const areParts = named.every((part) => part !== undefined);
    if (areParts && parts.every((part) => part === undefined)) parts = named;
    else if (firsts.size > 1 || folders.some(({ length }) => length < 2)) break;
    folders = folders.map(([, ...deeper]) => deeper);
  }
  return paths.map((path, i) => ({ path, label: folders[i][0], part: parts[i] }));
}

/**
 * Refuses folders that each have a JSON beside their images, as BigEarthNet has a folder per image with its labels.
 *
 * @throws {DatasetFileError} they have
 */
function refuseDescriptions(caller: string, folder: ListedFolder, images: readonly ClassImage[]): void {
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'));
  const descriptions = folder.paths.filter((path) => path.toLowerCase().endsWith('.json'));
  const described = new Set(descriptions.map(folderOf));
  if (!images.every(({ path }) => described.has(folderOf(path)))) return;
  throw new DatasetFileError(
    `${caller}: each folder of images in ${folder.name} has a JSON beside them (${descriptions[0]}), which may have their labels. Make rows of what it has: openRows(rows). If the folders are the classes, name them: labels: [...].`,
  );
}

/**
 * Refuses a folder that Hugging Face's `save_to_disk` wrote, whose images lie in Arrow files.
 *
 * @throws {DatasetFileError} it is one
 */
export function refuseArrow(caller: string, folder: ListedFolder): void {
  const arrow = folder.paths.find((path) => /\.arrow$/i.test(path));
  if (arrow === undefined) return;
  throw new DatasetFileError(
    `${caller}: ${folder.name} holds Arrow files (${arrow}), as Hugging Face's save_to_disk writes them. Open it with openArrow.`,
  );
}
