import { isSimpleJpeg, MOST_SIMPLE_BYTES } from '@thawjs/images';
import { nodeModules } from '../platform/node-modules';

/** Limits on the images that are read. */
export interface SimpleJpegLimits {
  /** The most pixels of an image, width × height. */
  readonly pixels: number;
  /** The most bytes of all files together. */
  readonly bytes: number;
}

/**
 * Reads the files that are simple JPEGs, one after the other, into one ArrayBuffer. It blocks the calling thread: for small
 * files in the page cache that takes a quarter of the processor time of reading through the event loop.
 *
 * @returns each file, undefined for one that isn't a simple JPEG, can't be read, or goes beyond the limits
 */
export function readSimpleJpegs(
  paths: readonly string[],
  limits: SimpleJpegLimits,
): (Uint8Array<ArrayBuffer> | undefined)[] {
  let room = limits.bytes;
  const sizes = paths.map((path) => {
    const size = sizeOf(path);
    if (size > MOST_SIMPLE_BYTES || size > room) return 0;
    room -= size;
    return size;
  });
  const memory = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let end = 0;
  return paths.map((path, i) => {
    const start = end;
    end += sizes[i];
    const file = memory.subarray(start, end);
    return readInto(path, file) && isSimpleJpeg(file, limits.pixels) ? file : undefined;
  });
}

/** The size of a file; 0 if there is no such file. */
function sizeOf(path: string): number {
  try {
    const stat = nodeModules()!.files.statSync(path);
    return stat.isFile() ? stat.size : 0;
  } catch {
    return 0;
  }
}

/** Reads a file of the memory's size. Returns whether it is read whole. */
function readInto(path: string, memory: Uint8Array): boolean {
  if (memory.length === 0) return false;
  const { files } = nodeModules()!;
  try {
    const file = files.openSync(path, 'r');
    try {
      return files.readSync(file, memory, 0, memory.length, 0) === memory.length;
    } finally {
      files.closeSync(file);
    }
  } catch {
    return false;
  }
}
