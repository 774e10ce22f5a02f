import { DatasetFileError } from '../errors';
import type { ImageDataset } from '../image-dataset';
import { checkedLimits } from '../limits/limits';
import { type AnnotatedImage, annotatedDataset } from './annotated-dataset';
import { type AnnotationFolderOptions, checkFolderOptions } from './annotation-options';
import { decodeText } from './decode-text';
import { placesInFolder } from './find-places';
import { IMAGE_ENDING } from './image-finder';
import { yoloClasses } from './label-cell';
import { type ListedFolder, listFolder } from './list-folder';
import { splitOfPath } from './split-column';

/** Files read at once. */
const AT_ONCE = 64;

/**
 * Opens a folder in YOLO's format: an image has the labels of the classes whose boxes are in it; no image is opened.
 *
 * Boxes lie in a `.txt` beside each image, or in `labels/` if the images are in `images/`; an image without one, or with an
 * empty one, has no label. The names of the classes are those of the `.yaml` (`names`), of `classes.txt` or of `obj.names`, or
 * `labels`. Folders that are called train, valid (val) and test are the official parts. Format: https://docs.ultralytics.com/datasets/detect/.
 *
 * @param source the folder's path, or its files as a page gets them from an input or a drop
 * @throws {DatasetFileError} the names are nowhere, a line is no box, or there are no images
 * @throws {LimitExceededError} images × labels are more than `limits.cells`
 *
 * @example
 * ```ts
 * import { openYolo } from '@thawjs/datasets';
 *
 * const files = [['data.yaml', 'names: [cat, dog]'], ['a.jpg', '…'], ['a.txt', '1 .5 .5 .2 .2'], ['b.jpg', '…']];
 * const set = await openYolo(files.map(([name, text]) => new File([text!], name!)));
 * console.log(set.labels, set.y.join('')); // [ 'cat', 'dog' ] 0100
 * ```
 */
export async function openYolo(
  source: string | Iterable<File>,
  options: AnnotationFolderOptions = {},
): Promise<ImageDataset> {
  const caller = 'openYolo';
  checkFolderOptions(caller, options);
  const limits = checkedLimits(caller, options.limits);
  const folder = await listFolder(caller, source, { ...options, limits });
  const decode = (path: string, bytes: Uint8Array) =>
    decodeText(bytes, {
      caller,
      fail: (problem) => fail(caller, path, problem),
      ...(options.encoding && { encoding: options.encoding }),
    });
  const names = options.labels ?? (await classNames(caller, folder, decode));
  const paths = folder.paths.filter((path) => IMAGE_ENDING.test(path)).sort();
  const images: AnnotatedImage[] = [];
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const some = paths.slice(start, start + AT_ONCE).map(async (name): Promise<AnnotatedImage> => {
      const file = labelFile(folder, name);
      const text = file === undefined ? '' : decode(file, await folder.read(file)).trim();
      const classes = text === '' ? [] : yoloClasses(text);
      if (!classes)
        fail(
          caller,
          file!,
          `expected a class number and coordinates a line; received "${text.slice(0, 60)}"`,
        );
      const labels = classes.map(
        (number) =>
          names[number] ??
          fail(caller, file!, `received class ${number}, and there are ${names.length} names`),
      );
      const split = splitOfPath(name);
      return { name, labels, where: file ?? name, ...(split && { split }) };
    });
    images.push(...(await Promise.all(some)));
  }
  const all = { ...options, labels: names, file: folder.name };
  return annotatedDataset(caller, images, all, limits, async (wanted) =>
    options.images === 'ignore' ? undefined : placesInFolder(caller, wanted, folder),
  );
}

/** The file of boxes of an image: beside it, or in `labels/` in place of the last `images/`. */
function labelFile(folder: ListedFolder, image: string): string | undefined {
  const beside = image.replace(IMAGE_ENDING, '.txt');
  const parts = beside.split('/');
  const at = parts.lastIndexOf('images');
  const apart = at === -1 ? beside : parts.with(at, 'labels').join('/');
  return [apart, beside].find(folder.has);
}

/** The names of the classes, by number. */
async function classNames(
  caller: string,
  folder: ListedFolder,
  decode: (path: string, bytes: Uint8Array) => string,
): Promise<readonly string[]> {
  const nearest = [...folder.paths].sort(
    (a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1),
  );
  for (const path of nearest.filter((name) => /\.ya?ml$/i.test(name))) {
    const { parse } = await import('yaml');
    const text = decode(path, await folder.read(path));
    const names = listOfNames(
      parsed(
        () => parse(text, { maxAliasCount: 0 }),
        (problem) => fail(caller, path, problem),
      ),
    );
    if (names) return names;
  }
  const list = nearest.find((path) => /(?:^|\/)(?:classes\.txt|obj\.names|.*\.names)$/i.test(path));
  if (list === undefined) {
    throw new DatasetFileError(
      `${caller}: found no names of classes in ${folder.name}: looked for a .yaml with names, classes.txt and obj.names. Put one there, or give them as labels.`,
    );
  }
  return decode(list, await folder.read(list))
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** `names` of a `data.yaml`: a list, or names by number. */
function listOfNames(value: unknown): string[] | undefined {
  const names = (value as { names?: unknown } | null)?.names;
  if (typeof names !== 'object' || names === null) return undefined;
  const list = Array.isArray(names)
    ? names
    : Object.entries(names)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([, name]) => name);
  return list.every((name) => typeof name === 'string' || typeof name === 'number')
    ? list.map(String)
    : undefined;
}

function parsed(parse: () => unknown, refuse: (problem: string) => never): unknown {
  try {
    return parse();
  } catch (error) {
    return refuse(`expected YAML (${(error as Error).message.split('\n', 1)[0].slice(0, 120)})`);
  }
}

function fail(caller: string, path: string, problem: string): never {
  throw new DatasetFileError(`${caller}: ${path}: ${problem}. Correct the file.`);
}
