import { DatasetFileError } from '../errors';
import { type Limits, limitExceeded } from '../limits/limits';
import { nodeModules } from '../platform/node-modules';
import type { NodeModules } from '../platform/node-types';

/** The files below a folder. */
export interface Tree {
  /** The paths, relative to the folder, with slashes, sorted. */
  readonly paths: readonly string[];
  /** Symbolic links that lead out of the folder, and were not followed. */
  readonly linksOut: readonly string[];
}

/**
 * Lists all files below a folder on disk. Pipes, sockets and devices are none. A symbolic link counts as its target. A link that leads out of the folder is
 * followed only if that is allowed. A link to a folder that is listed already isn't followed.
 *
 * @throws {LimitExceededError} folders are nested deeper than `limits.depth`
 */
export async function listTree(
  caller: string,
  folder: string,
  {
    limits,
    outside = 'refuse',
    unreadable = 'refuse',
  }: {
    readonly limits: Required<Limits>;
    readonly outside?: 'refuse' | 'allow';
    /** Whether sub-folders that this process may not read are passed over. */
    readonly unreadable?: 'refuse' | 'skip';
  },
): Promise<Tree> {
  const node = nodeModules()!;
  const { join } = node.path;
  const paths: string[] = [];
  const linksOut: string[] = [];
  const root = await node.fs.realpath(folder);
  const entered = new Set([root]);

  const list = async (way: string, depth: number): Promise<void> => {
    if (depth > limits.depth) throw limitExceeded(limits, 'depth', `${caller}: ${folder}`, `${way} and more`);
    const entries = await node.fs.readdir(join(folder, way), { withFileTypes: true }).catch((error) => {
      if (way === '' || unreadable === 'refuse') throw error;
      return [];
    });
    for (const entry of entries) {
      const path = way === '' ? entry.name : `${way}/${entry.name}`;
      if (entry.isDirectory()) await list(path, depth + 1);
      else if (entry.isFile()) paths.push(path);
      else if (entry.isSymbolicLink()) {
        const target = await linked(node, join(folder, path));
        if (!target) continue;
        const leadsOut = !isInside(node, root, target.path);
        if (leadsOut && outside === 'refuse') linksOut.push(path);
        else if (!target.isFolder) paths.push(path);
        else if (leadsOut && !entered.has(target.path)) {
          entered.add(target.path);
          await list(path, depth + 1);
        }
      }
    }
  };
  await list('', 1);
  return { paths: paths.sort(), linksOut };
}

/** Whether a path is a given folder or lies in it. Both are free of links. */
export function isInside({ path }: NodeModules, folder: string, target: string): boolean {
  const way = path.relative(folder, target);
  return way === '' || (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}

/** The final target of a link; undefined if it doesn't exist, or is neither a file nor a folder. */
async function linked(
  { fs }: NodeModules,
  link: string,
): Promise<{ readonly path: string; readonly isFolder: boolean } | undefined> {
  try {
    const path = await fs.realpath(link);
    const found = await fs.stat(path);
    return found.isFile() || found.isDirectory() ? { path, isFolder: found.isDirectory() } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Refuses links that lead out of a folder.
 *
 * @throws {DatasetFileError} there is one
 */
export function refuseLinksOut(caller: string, folder: string, linksOut: readonly string[]): void {
  if (linksOut.length === 0) return;
  throw new DatasetFileError(
    `${caller}: expected files inside ${folder}; ${linksOut.length === 1 ? 'a symbolic link leads' : `${linksOut.length} symbolic links lead`} out of it, the first ${linksOut[0]}. Allow it with outside: 'allow'.`,
  );
}
