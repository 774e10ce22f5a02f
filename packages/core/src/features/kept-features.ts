import type { FeatureFile } from './feature-file';

/** The features of every image of a data set, in its order, kept in memory or in a file. */
export interface KeptFeatures {
  readonly length: number;
  /** The shape of one image's features. */
  readonly shape: readonly number[];
  /** The features of some rows, row-major. */
  take(rows: Int32Array): Float32Array | Promise<Float32Array>;
  /** Frees the memory, or closes the file. */
  close(): Promise<void>;
}

/** The size of an array of features in memory. Some JavaScript engines don't allow arrays of gigabytes. */
const CHUNK_BYTES = 64 * 2 ** 20;

/** Features in memory, filled from the first row on. */
export interface MemoryFeatures extends KeptFeatures {
  append(features: Float32Array): void;
}

/** Features in memory for `length` images. Memory is allocated as features are appended. */
export function memoryFeatures(length: number, shape: readonly number[]): MemoryFeatures {
  const width = widthOf(shape);
  const rowsOfChunk = Math.max(1, Math.floor(CHUNK_BYTES / (4 * width)));
  const chunks: Float32Array[] = [];
  let filled = 0;
  return {
    length,
    shape,
    append(features) {
      for (let done = 0; done < features.length; ) {
        const row = filled % rowsOfChunk;
        if (row === 0) chunks.push(new Float32Array(Math.min(rowsOfChunk, length - filled) * width));
        const chunk = chunks[chunks.length - 1];
        const part = features.subarray(done, done + chunk.length - row * width);
        chunk.set(part, row * width);
        done += part.length;
        filled += part.length / width;
      }
    },
    take(rows) {
      const taken = new Float32Array(rows.length * width);
      for (let i = 0; i < rows.length; i++) {
        const start = (rows[i] % rowsOfChunk) * width;
        const chunk = chunks[Math.floor(rows[i] / rowsOfChunk)];
        taken.set(chunk.subarray(start, start + width), i * width);
      }
      return taken;
    },
    close: async () => {
      chunks.length = 0;
    },
  };
}

/** Features that stay in a file, and are read row by row. */
export function fileFeatures(file: FeatureFile, length: number, shape: readonly number[]): KeptFeatures {
  const width = widthOf(shape);
  return {
    length,
    shape,
    async take(rows) {
      const taken = new Float32Array(rows.length * width);
      await Promise.all(
        Array.from(rows, (row, i) => file.read(row, taken.subarray(i * width, (i + 1) * width))),
      );
      return taken;
    },
    close: () => file.close(),
  };
}

/** The number of features per image. */
export function widthOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
