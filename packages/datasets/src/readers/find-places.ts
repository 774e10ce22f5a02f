import { DatasetFileError } from '../errors';
import type { ImagePlace } from '../images/mixed-images';
import type { Limits } from '../limits/limits';
import { nodeModules } from '../platform/node-modules';
import { findOnDisk } from './find-on-disk';
import { ambiguous, type FoundPlaces, leadsOut } from './found-places';
import { imageFinder } from './image-finder';
import { type ListedFolder, listFiles } from './list-folder';

import { isUrl, type TextSource } from './read-text';
import type { ImagePlaces } from './table-options';

/**
 * Finds the images that a table names; URLs are taken as they are, and nothing is fetched.
 *
 * @returns undefined if no images are wanted, or if the table has no place to look for them
 * @throws {DatasetFileError} a path or a link leads out of the folders of the images, or a name fits several files
 */
export async function findPlaces(
  caller: string,
  names: readonly string[],
  table: TextSource,
  options: ImagePlaces,
  limits: Required<Limits>,
): Promise<FoundPlaces | undefined> {
  const { files, images, findImage } = options;
  if (images === 'ignore') return undefined;
  const wanted = names.map((name) => String(findImage?.(name) ?? name));
  const isFound = wanted.map((name, i) => name !== names[i]);
  const place = (name: string): ImagePlace | undefined => (isUrl(name) ? new URL(name) : undefined);
  if (wanted.every(isUrl)) return { places: wanted.map(place), where: 'the web', nearest: () => undefined };
  const other = files
    ? placesInFolder(caller, wanted, listFiles(files, 'the files given'))
    : await amongRoots(caller, wanted, isFound, rootsOf(options.root, table), options, limits);
  return other && { ...other, places: wanted.map((name, i) => place(name) ?? other.places[i]) };
}

async function amongRoots(
  caller: string,
  names: readonly string[],
  isFound: readonly boolean[],
  roots: readonly (string | URL)[],
  { outside }: ImagePlaces,
  limits: Required<Limits>,
): Promise<FoundPlaces | undefined> {
  const [first] = roots;
  if (first === undefined) return undefined;
  if (first instanceof URL || isUrl(first)) {
    return {
      places: names.map((name) => (isUrl(name) ? undefined : inside(caller, name, first))),
      where: String(first),
      nearest: () => undefined,
    };
  }
  if (!nodeModules()) {
    throw new DatasetFileError(
      `${caller}: a browser can't read the folder "${first}". Give the images as files, or the URL of their folder as root.`,
    );
  }
  const folders = roots.map((root) => {
    if (!(root instanceof URL) && !isUrl(root)) return root;
    throw new DatasetFileError(`${caller}: expected root as folders, or as one URL; received both.`);
  });
  return findOnDisk(caller, names, isFound, folders, { limits, ...(outside && { outside }) });
}

/** The folders or the URL that names are relative to; by default the folder that the table lies in. */
function rootsOf(root: ImagePlaces['root'], table: TextSource): readonly (string | URL)[] {
  if (Array.isArray(root)) return (root as readonly (string | URL)[]).map(ofFileUrl);
  if (root !== undefined) return [root as string | URL].map(ofFileUrl);
  if (table instanceof URL) return [ofFileUrl(new URL('.', table))];
  if (typeof table !== 'string') return [];
  if (isUrl(table)) return [new URL('.', table)];
  const node = nodeModules();
  return node ? [node.path.dirname(table)] : [];
}

function ofFileUrl(root: string | URL): string | URL {
  return root instanceof URL && root.protocol === 'file:' ? decodeURIComponent(root.pathname) : root;
}

function inside(caller: string, name: string, root: string | URL): URL {
  const folder = new URL(String(root).endsWith('/') ? root : `${root}/`);
  const url = URL.canParse(name, folder) ? new URL(name, folder) : undefined;
  if (url?.href.startsWith(folder.href)) return url;
  throw leadsOut(caller, name, folder.href);
}

/**
 * Finds images by name in a folder that is listed already.
 *
 * @throws {DatasetFileError} a name fits several files
 */
export function placesInFolder(caller: string, names: readonly string[], folder: ListedFolder): FoundPlaces {
  const finder = imageFinder(folder.paths);
  return {
    where: folder.name,
    nearest: finder.nearest,
    places: names.map((name) => {
      const path = finder.find(name);
      if (path === undefined || typeof path === 'string')
        return path === undefined ? undefined : folder.place(path);
      throw ambiguous(caller, name, path);
    }),
  };
}
