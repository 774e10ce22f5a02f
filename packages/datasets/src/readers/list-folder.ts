import { DatasetFileError } from '../errors';
import { nodeModules } from '../platform/node-modules';

/** What lies in a folder, at any depth. */
export interface ListedFolder {
  /** What it is called in messages. */
  readonly name: string;
  /** Relative to it, with slashes. */
  readonly paths: readonly string[];
  readonly has: (path: string) => boolean;
  readonly read: (path: string) => Promise<Uint8Array>;
  /** The files, where it was given as files. */
  readonly files?: readonly File[];
}

/**
 * Lists a folder on disk, or one that a page was given as files; none is opened.
 *
 * @throws {DatasetFileError} there is no such folder
 */
export async function listFolder(caller: string, source: string | Iterable<File>): Promise<ListedFolder> {
  if (typeof source !== 'string') return ofFiles([...source]);
  const node = nodeModules();
  if (!node) {
    throw new DatasetFileError(`${caller}: a browser can't read the folder "${source}". Give its files.`);
  }
  const { join, relative, sep } = node.path;
  const entries = await node.fs
    .readdir(source, { recursive: true, withFileTypes: true })
    .catch((error: Error) => {
      throw new DatasetFileError(
        `${caller}: can't list ${source}: ${error.message}. Give a folder of images.`,
        {
          cause: error,
        },
      );
    });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(source, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const known = new Set(paths);
  return {
    name: source,
    paths,
    has: (path) => known.has(path),
    read: (path) => node.fs.readFile(join(source, path)),
  };
}

function ofFiles(files: readonly File[]): ListedFolder {
  const byPath = new Map(
    files.map((file) => {
      // the picked folder's own name comes first
      const path = file.webkitRelativePath;
      return [path ? path.slice(path.indexOf('/') + 1) : file.name, file];
    }),
  );
  return {
    name: 'the files',
    paths: [...byPath.keys()],
    has: (path) => byPath.has(path),
    read: async (path) => new Uint8Array(await byPath.get(path)!.arrayBuffer()),
    files,
  };
}
