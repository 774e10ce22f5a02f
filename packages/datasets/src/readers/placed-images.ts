import { DatasetFileError, MissingImagesError } from '../errors';
import { blobImages } from '../images/blob-images';
import { fileImages } from '../images/file-images';
import type { ImageSource } from '../images/image-source';
import { urlImages } from '../images/url-images';
import { nodeModules } from '../platform/node-modules';
import { isUrl, type TextSource } from './read-text';
import type { ImagePlaces } from './table-options';

/**
 * The images that a table names, where they lie; none is touched.
 *
 * @returns undefined where there is no place for them: the table came without one, or they are not wanted
 * @throws {MissingImagesError} names that are not among the files that were given
 * @throws {DatasetFileError} a path leads out of the folder of the images
 */
export function placedImages(
  caller: string,
  names: readonly string[],
  table: TextSource,
  { root, files, images }: ImagePlaces,
): ImageSource | undefined {
  if (images === 'ignore') return undefined;
  if (files) return givenFiles(caller, names, files);
  if (names.every(isUrl)) return urlImages(names);
  const place = root ?? defaultRoot(table);
  if (place === undefined) return undefined;
  if (place instanceof URL || isUrl(place))
    return urlImages(names.map((name) => inside(caller, name, place)));
  const node = nodeModules();
  if (!node) {
    throw new DatasetFileError(
      `${caller}: a browser can't read the folder "${place}". Give the images as files, or the URL of their folder as root.`,
    );
  }
  const { resolve, relative, isAbsolute } = node.path;
  const folder = resolve(place);
  return fileImages(
    names.map((name) => {
      const path = resolve(folder, name);
      const way = relative(folder, path);
      if (way === '' || way.startsWith('..') || isAbsolute(way) || name.includes('\0'))
        refuse(caller, name, folder);
      return path;
    }),
  );
}

function refuse(caller: string, name: string, folder: string): never {
  throw new DatasetFileError(
    `${caller}: expected images inside ${folder}; received "${name.slice(0, 100)}". Give the folder that holds all of them as root.`,
  );
}

function inside(caller: string, name: string, root: string | URL): URL {
  const folder = new URL(String(root).endsWith('/') ? root : `${root}/`);
  const url = URL.canParse(name, folder) ? new URL(name, folder) : refuse(caller, name, folder.href);
  if (!url.href.startsWith(folder.href)) refuse(caller, name, folder.href);
  return url;
}

/** The folder that the table lies in. */
function defaultRoot(table: TextSource): string | URL | undefined {
  if (table instanceof URL) return new URL('.', table);
  if (typeof table !== 'string') return undefined;
  return isUrl(table) ? new URL('.', table) : nodeModules()?.path.dirname(table);
}

function givenFiles(caller: string, names: readonly string[], files: Iterable<File>): ImageSource {
  const byPath = new Map<string, File>();
  const byName = new Map<string, File>();
  for (const file of files) {
    const path = file.webkitRelativePath || file.name;
    // the picked folder's own name comes first in it
    byPath.set(path, file).set(path.slice(path.indexOf('/') + 1), file);
    byName.set(file.name, file);
  }
  const found = names.map((name) => {
    const path = name.replace(/^(?:\.\/)+/, '');
    return byPath.get(path) ?? byName.get(path.slice(path.lastIndexOf('/') + 1));
  });
  const missing = names.filter((_, row) => found[row] === undefined);
  if (missing.length > 0) {
    throw new MissingImagesError(
      `${caller}: ${missing.length.toLocaleString('en-US')} of ${names.length.toLocaleString('en-US')} images are missing from the files given, the first ${missing.slice(0, 3).join(', ')}. Give them too, or leave their rows out of the table.`,
    );
  }
  return blobImages(found.map((file) => file!));
}
