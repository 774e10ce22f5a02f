import { DatasetFileError, LimitExceededError } from '../errors';
import type { ImagePlace } from '../images/mixed-images';
import type { Limits } from '../limits/limits';
import { nodeModules } from '../platform/node-modules';
import { listTree, refuseLinksOut } from './list-tree';

/** The files in a folder, at any depth. */
export interface ListedFolder {
  /** The folder's name in error messages. */
  readonly name: string;
  /** The paths, relative to the folder, with slashes. */
  readonly paths: readonly string[];
  readonly has: (path: string) => boolean;
  readonly read: (path: string) => Promise<Uint8Array>;
  /** The place of an image, as data sets take it. */
  readonly place: (path: string) => ImagePlace;
}

/**
 * Lists a folder on disk, or a folder that a page was given as files. No file is opened.
 *
 * @throws {DatasetFileError} there is no such folder, or a symbolic link leads out of it and that is not allowed
 * @throws {LimitExceededError} folders are nested deeper than `limits.depth`
 */
export async function listFolder(
  caller: string,
  source: string | Iterable<File>,
  options: { readonly limits: Required<Limits>; readonly outside?: 'refuse' | 'allow' },
): Promise<ListedFolder> {
  if (typeof source !== 'string') return listFiles(source, 'the files');
  const node = nodeModules();
  if (!node) {
    throw new DatasetFileError(`${caller}: a browser can't read the folder "${source}". Give its files.`);
  }
  const { paths, linksOut } = await listTree(caller, source, options).catch((error: Error) => {
    if (error instanceof LimitExceededError) throw error;
    throw new DatasetFileError(
      `${caller}: can't list ${source}: ${error.message}. Give a folder of images.`,
      { cause: error },
    );
  });
  refuseLinksOut(caller, source, linksOut);
  const known = new Set(paths);
  return {
    name: source,
    paths,
    has: (path) => known.has(path),
    read: (path) => node.fs.readFile(node.path.join(source, path)),
    place: (path) => node.path.resolve(source, path),
  };
}

/** Files that a page was given, as a folder. Their paths begin with the picked folder's own name, which is left out. */
export function listFiles(files: Iterable<File>, name: string): ListedFolder {
  const byPath = new Map<string, File>();
  for (const file of files) {
    const path = file.webkitRelativePath;
    byPath.set(path ? path.slice(path.indexOf('/') + 1) : file.name, file);
  }
  return {
    name,
    paths: [...byPath.keys()],
    has: (path) => byPath.has(path),
    read: async (path) => new Uint8Array(await byPath.get(path)!.arrayBuffer()),
    place: (path) => byPath.get(path)!,
  };
}
