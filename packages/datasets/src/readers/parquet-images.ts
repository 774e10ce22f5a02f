import type { ImageSource } from '../images/image-source';
import type { ParquetFile } from './parquet-file';

/** Decoded row groups that are kept; a shuffled pass over more than these reads groups again. */
const KEPT_BYTES = 128 * 2 ** 20;

/** Images in a column of parquet files, each file's rows after the last one's: struct of bytes and path, or bytes alone. */
export function parquetImages(files: readonly ParquetFile[], column: string): ImageSource {
  const starts = [0];
  for (const { rows } of files) starts.push(starts.at(-1)! + rows);
  /** Row groups by file and number, the least recently used first. */
  const kept = new Map<string, { readonly images: Promise<readonly Uint8Array[]>; bytes: number }>();
  let held = 0;

  const place = (index: number) => {
    const file = lastNotAbove(starts, index);
    const row = index - starts[file];
    return { file: files[file], row, group: lastNotAbove(files[file].groupStarts, row) };
  };
  const groupImages = (file: ParquetFile, group: number): Promise<readonly Uint8Array[]> => {
    const key = `${files.indexOf(file)} ${group}`;
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      return known.images;
    }
    const cells = file.read(column, file.groupStarts[group], file.groupStarts[group + 1]);
    const entry = { images: cells.then((found) => found.map(imageBytes)), bytes: 0 };
    kept.set(key, entry);
    entry.images.then(
      (images) => {
        entry.bytes = images.reduce((sum, { length }) => sum + length, 0);
        held += entry.bytes;
        for (const [oldest, { bytes }] of kept) {
          if (held <= KEPT_BYTES || oldest === key) break;
          kept.delete(oldest);
          held -= bytes;
        }
      },
      () => kept.delete(key),
    );
    return entry.images;
  };
  return {
    read: async (index) => {
      const { file, row, group } = place(index);
      return (await groupImages(file, group))[row - file.groupStarts[group]];
    },
    locate: (index) => {
      const { file, row } = place(index);
      return `row ${row} of ${file.name}`;
    },
  };
}

/** An empty cell gives no bytes; the error of the image then says that it is empty. */
function imageBytes(cell: unknown): Uint8Array {
  if (cell instanceof Uint8Array) return cell;
  const bytes = (cell as { bytes?: unknown } | null | undefined)?.bytes;
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(0);
}

function lastNotAbove(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
