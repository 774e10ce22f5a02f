import { nearestNames } from '@thawjs/errors/nearest-names';
import { unescaped } from './unescaped';

/** The file extensions of images. */
export const IMAGE_ENDING = /\.(?:jpe?g|png|webp|gif|avif|tiff?|bmp)$/i;

/** A name with the apostrophe by which CSV files keep spreadsheets from running it as a formula, as Thaw writes them. */
const GUARDED = /^'+\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** Finds the files that names refer to. */
export interface ImageFinder {
  /** The path that a name refers to; undefined if there is none; several if the name is ambiguous. */
  find(name: string): string | readonly string[] | undefined;
  /** The most similar path, for error messages. */
  nearest(name: string): string | undefined;
}

/**
 * Finds images by name among relative paths. A name may be a path, or a file in a sub-folder. Its first folders, its
 * extension, its letter case and the way its accents are written may differ from the file's.
 *
 * If there is no such file, an apostrophe in front of a formula's sign is left out, and codes as in addresses (`%20`) are
 * read as letters.
 *
 * A name fits a path if one of them ends in all of the other, or if at least the file name and its folder are the same.
 */
export function imageFinder(paths: readonly string[]): ImageFinder {
  const exact = new Set(paths);
  const byFile = new Map<string, string[]>();
  for (const path of paths) {
    const file = compared(path.slice(path.lastIndexOf('/') + 1));
    add(byFile, file, path);
    const stem = file.replace(IMAGE_ENDING, '');
    if (stem !== file) add(byFile, `${stem}/`, path);
  }
  const found = (name: string): string | readonly string[] | undefined => {
    const wanted = plainName(name);
    if (exact.has(wanted)) return wanted;
    const parts = compared(wanted).split('/');
    if (parts.includes('..') || name.includes('\0')) return undefined;
    const file = parts.at(-1)!;
    const candidates =
      byFile.get(file) ?? (IMAGE_ENDING.test(file) ? undefined : byFile.get(`${file}/`)) ?? [];
    let best: string[] = [];
    let most = 0;
    for (const path of candidates) {
      const own = compared(path).split('/');
      let shared = 1;
      while (shared < Math.min(parts.length, own.length) && parts.at(-1 - shared) === own.at(-1 - shared))
        shared++;
      if (shared < 2 && shared < parts.length && shared < own.length) continue;
      if (shared > most) best = [];
      if (shared >= most) best.push(path);
      most = Math.max(most, shared);
    }
    if (best.length <= 1) return best[0];
    // a file that lies just there, but for its case or extension, comes before those in sub-folders
    const whole = best.filter((path) => path.split('/').length === parts.length);
    if (whole.length === 1) return whole[0];
    const sameCase = best.filter((path) => `/${path}`.endsWith(`/${wanted}`));
    return sameCase.length === 1 ? sameCase[0] : best;
  };
  return {
    find: (name) => {
      const other = GUARDED.test(name) ? name.slice(1) : unescaped(name);
      return found(name) ?? (other === name ? undefined : found(other));
    },
    nearest: (name) => nearestNames(plainName(name), paths.slice(0, 2000), 1)[0],
  };
}

/** A path as it is compared. macOS writes accents as characters of their own, as zips from there do. */
function compared(path: string): string {
  return path.toLowerCase().normalize('NFC');
}

/** A name with slashes alone, without a drive and leading slashes or dots. */
function plainName(name: string): string {
  return name
    .replaceAll('\\', '/')
    .replace(/^[a-z]:\//i, '')
    .replace(/^(?:\.?\/)+/, '');
}

function add(map: Map<string, string[]>, key: string, path: string): void {
  const list = map.get(key);
  if (list) list.push(path);
  else map.set(key, [path]);
}
