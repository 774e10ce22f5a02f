import { DatasetFileError } from '../errors';
import type { Limits } from '../limits/limits';
import { nodeModules } from '../platform/node-modules';
import type { FileError, NodeModules } from '../platform/node-types';
import { ambiguous, type FoundPlaces, leadsOut } from './found-places';
import { type ImageFinder, imageFinder } from './image-finder';
import { isInside, listTree } from './list-tree';
import { isUrl } from './read-text';

/** Folders read at once. */
const AT_ONCE = 64;

/**
 * Finds images in folders on disk: first each name as it is, then among all files below the folders.
 *
 * @param isFound which names `findImage` gave, and may lie anywhere
 * @throws {DatasetFileError} a path or a symbolic link leads out of the folders, or a name fits several files
 */
export async function findOnDisk(
  caller: string,
  names: readonly string[],
  isFound: readonly boolean[],
  folders: readonly string[],
  { limits, outside = 'refuse' }: { limits: Required<Limits>; outside?: 'refuse' | 'allow' },
): Promise<FoundPlaces> {
  const node = nodeModules()!;
  const roots = folders.map((folder) => node.path.resolve(folder));
  const places: (string | undefined)[] = names.map(() => undefined);
  const disk = folderNames(node);
  for (const root of roots) {
    const paths = names.map((name, i) => {
      if (places[i] !== undefined || isUrl(name) || name.includes('\0')) return undefined;
      const path = node.path.resolve(root, name.includes('\\') ? name.replaceAll('\\', '/') : name);
      return outside === 'allow' || isFound[i] || isInside(node, root, path) ? path : undefined;
    });
    await disk.load(paths);
    paths.forEach((path, i) => {
      if (path !== undefined && disk.has(path)) places[i] = path;
    });
  }
  const missing = [...names.keys()].filter((i) => places[i] === undefined && !isUrl(names[i]));
  const finders: { readonly root: string; readonly finder: ImageFinder }[] = [];
  if (missing.length > 0) {
    for (const root of roots) {
      const tree = await listTree(caller, root, { limits, outside, unreadable: 'skip' }).catch(
        (error: FileError) => {
          if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return { paths: [] };
          throw error;
        },
      );
      finders.push({ root, finder: imageFinder(tree.paths) });
    }
    for (const i of missing) places[i] = foundBelow(names[i]);
  }
  if (outside === 'refuse') await refuseLinks(caller, node, roots, places, isFound);
  refuseShared(caller, names, places, missing);
  return {
    places,
    where: roots.join(', '),
    nearest: (name) => finders.map(({ finder }) => finder.nearest(name)).find((path) => path !== undefined),
  };

  function foundBelow(name: string): string | undefined {
    const found = finders.flatMap(({ root, finder }) =>
      [finder.find(name) ?? []].flat().map((way) => node.path.join(root, way)),
    );
    if (found.length > 1) throw ambiguous(caller, name, found);
    const isOutside =
      name.includes('\0') || roots.every((root) => !isInside(node, root, node.path.resolve(root, name)));
    if (found.length === 0 && isOutside) throw leadsOut(caller, name, roots.join(', '));
    return found[0];
  }
}

/** The names of files in folders, each of which is read once. Reading a pipe, socket or device might never end. */
function folderNames({ fs, path }: NodeModules) {
  const known = new Map<string, ReadonlySet<string>>();
  const leadsToFile = async (folder: string, name: string) =>
    (await fs.stat(path.join(folder, name)).catch(() => undefined))?.isFile() ?? false;
  return {
    has: (file: string) => known.get(path.dirname(file))?.has(path.basename(file)) ?? false,
    async load(files: readonly (string | undefined)[]) {
      const folders = [
        ...new Set(files.flatMap((file) => (file === undefined ? [] : [path.dirname(file)]))),
      ].filter((folder) => !known.has(folder));
      for (let start = 0; start < folders.length; start += AT_ONCE) {
        const some = folders.slice(start, start + AT_ONCE).map(async (folder) => {
          const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
          const isFile = await Promise.all(
            entries.map(
              async (entry) => entry.isFile() || (entry.isSymbolicLink() && leadsToFile(folder, entry.name)),
            ),
          );
          known.set(folder, new Set(entries.filter((_, i) => isFile[i]).map(({ name }) => name)));
        });
        await Promise.all(some);
      }
    },
  };
}

/** Refuses files that symbolic links lead to outside the folders. */
async function refuseLinks(
  caller: string,
  node: NodeModules,
  roots: readonly string[],
  places: readonly (string | undefined)[],
  isFound: readonly boolean[],
): Promise<void> {
  const real = await Promise.all(roots.map((root) => node.fs.realpath(root).catch(() => root)));
  const check = async (path: string) => {
    const target = await node.fs.realpath(path).catch(() => undefined);
    if (target === undefined || real.some((root) => isInside(node, root, target))) return;
    throw new DatasetFileError(
      `${caller}: expected images inside ${roots.join(', ')}; ${path} is a symbolic link that leads to ${target}. Allow it with outside: 'allow'.`,
    );
  };
  const folders = new Map<string, string[]>();
  places.forEach((place, i) => {
    if (place === undefined || isFound[i]) return;
    const folder = node.path.dirname(place);
    const files = folders.get(folder);
    if (files) files.push(place);
    else folders.set(folder, [place]);
  });
  for (const [folder, files] of folders) {
    await check(folder);
    const entries = await node.fs.readdir(folder, { withFileTypes: true });
    const links = new Set(entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => name));
    if (links.size > 0) for (const file of files) if (links.has(node.path.basename(file))) await check(file);
  }
}

/** Refuses two different names for one file, if they aren't spelt like the file. */
function refuseShared(
  caller: string,
  names: readonly string[],
  places: readonly (string | undefined)[],
  searched: readonly number[],
): void {
  if (searched.length === 0) return;
  const nameOf = new Map<string, string>();
  places.forEach((place, i) => {
    if (place !== undefined && !nameOf.has(place)) nameOf.set(place, names[i]);
  });
  for (const i of searched) {
    const place = places[i];
    const other = place === undefined ? undefined : nameOf.get(place);
    if (other !== undefined && other !== names[i]) {
      throw new DatasetFileError(
        `${caller}: expected different images for "${other}" and "${names[i]}"; found ${place} for both. Say which with findImage.`,
      );
    }
  }
}
