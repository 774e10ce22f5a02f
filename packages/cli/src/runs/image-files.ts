import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../errors';

/** Names of image files. */
export const IMAGE_FILE = /\.(jpe?g|png|webp|gif|avif|tiff?|bmp)$/i;

/**
 * The image files at some paths: files as they are given, and all images in folders and their subfolders, sorted by
 * name.
 *
 * @throws CommandError if a path doesn't exist, or a folder has no image
 */
export async function imageFiles(paths: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(paths.map(filesOf));
  return lists.flat();
}

async function filesOf(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => undefined);
  if (!found)
    throw new CommandError(`expected an image or a folder at ${place}; found nothing. Check the path.`);
  if (!found.isDirectory()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && IMAGE_FILE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) throw new CommandError(`expected images in ${place}; found none.`);
  return files.sort();
}
