import type { ImageSource } from '../images/image-source';
import type { ColumnFile } from './column-file';
import { lastNotAbove } from './last-not-above';

/** Decoded groups of rows that are kept; a shuffled pass over more than these reads groups again. */
const KEPT_BYTES = 128 * 2 ** 20;

/**
 * Images in a column of files, each file's rows after the last one's: struct of bytes and path, or bytes alone. They are
 * read one by one if the file allows it, else by groups of rows.
 */
export function columnImages(files: readonly ColumnFile[], column: string): ImageSource {
  const starts = [0];
  for (const { rows } of files) starts.push(starts.at(-1)! + rows);
  const readers = files.map((file) => file.bytesIn?.(column));
  /** Groups of rows by file and number, the least recently used first. */
  const kept = new Map<string, { readonly images: Promise<readonly Uint8Array[]>; bytes: number }>();
  let held = 0;

  const place = (index: number) => {
    const number = lastNotAbove(starts, index);
    const row = index - starts[number];
    const file = files[number];
    return { file, number, row, group: lastNotAbove(file.groupStarts, row) };
  };
  const groupImages = ({ file, number, group }: ReturnType<typeof place>): Promise<readonly Uint8Array[]> => {
    const key = `${number} ${group}`;
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
      const at = place(index);
      const readOne = readers[at.number];
      if (readOne) return readOne(at.row);
      return (await groupImages(at))[at.row - at.file.groupStarts[at.group]];
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
