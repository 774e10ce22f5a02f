import { nodeModules } from '../platform/node-modules';
import type { DatasetRecords } from '../records/dataset-records';
import type { ImageSource } from './image-source';
import { loadSharp } from './load-sharp';

/** The version of decoding and resizing. Raise it with every change that changes pixels. */
const PIXELS = 2;

/** The number of files whose times and sizes are read at once. */
const AT_ONCE = 256;

/**
 * A function that gives a text which changes if pixels of the rows may have changed. It depends on each file's size and
 * times (or its checksum in a zip), the part of it that is shown, the order of the rows, and the decoder.
 *
 * @returns undefined on the web, in memory and in a browser, where a changed image can't be recognised
 */
export function imagesFingerprint({
  ids,
  images,
  imageIndices,
  framing,
  resize,
}: DatasetRecords): (() => Promise<string>) | undefined {
  const node = nodeModules();
  if (!images || !node) return undefined;
  const indices = imageIndices ?? Int32Array.from({ length: ids.length }, (_, row) => row);
  if (!indices.every((index) => images.fingerprint || images.path?.(index) !== undefined)) return undefined;
  return async () => {
    const { versions } = await loadSharp();
    const files: string[] = [];
    for (let start = 0; start < indices.length; start += AT_ONCE) {
      const some = Array.from(indices.subarray(start, start + AT_ONCE), (index) => ofImage(images, index));
      files.push(...(await Promise.all(some)));
    }
    const shown = JSON.stringify(framing ?? null, (_, value) =>
      ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value,
    );
    const decoder = JSON.stringify(versions) + (resize === 'fast' ? ' fast' : '');
    return [PIXELS, decoder, shown, ...files].join('\n');
  };

  async function ofImage(source: ImageSource, index: number): Promise<string> {
    if (source.fingerprint) return source.fingerprint(index);
    // Includes the inode's change time, because tools that copy a file can keep its modification time.
    const { size, mtimeMs, ctimeMs } = await node!.fs.stat(source.path!(index)!);
    return `${size} ${mtimeMs} ${ctimeMs}`;
  }
}
