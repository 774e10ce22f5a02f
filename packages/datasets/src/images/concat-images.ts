import type { DatasetRecords } from '../records/dataset-records';
import type { ImageSource } from './image-source';

/** The images of several datasets as one source: image i is that of row i of all. */
export function concatImages(parts: readonly DatasetRecords[]): { images: ImageSource } {
  const sources = parts.map(({ images }) => images!);
  const partOf = Int32Array.from(parts.flatMap(({ ids }, part) => ids.map(() => part)));
  const indices = Int32Array.from(
    parts.flatMap(({ ids, imageIndices }) => ids.map((_, row) => imageIndices?.[row] ?? row)),
  );
  const at = (index: number) => [sources[partOf[index]!]!, indices[index]!] as const;
  const isKnown = sources.every((source) => source.fingerprint);
  return {
    images: {
      read: (index) => {
        const [source, own] = at(index);
        return source.read(own);
      },
      path: (index) => {
        const [source, own] = at(index);
        return source.path?.(own);
      },
      ...(isKnown && {
        fingerprint: (index: number) => {
          const [source, own] = at(index);
          return source.fingerprint!(own);
        },
      }),
      locate: (index) => {
        const [source, own] = at(index);
        return source.locate(own);
      },
    },
  };
}
