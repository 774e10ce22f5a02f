import { checkedLimits, type Limits } from '../limits/limits';
import type { DatasetRecords } from '../records/dataset-records';
import type { ImageSource } from './image-source';

/** The images of several datasets as one source: image i is that of row i of all. */
export function concatImages(parts: readonly DatasetRecords[]): { images: ImageSource } {
  const sources = parts.map(({ images }) => images!);
  const partOf = Int32Array.from(parts.flatMap(({ ids }, part) => ids.map(() => part)));
  const indices = Int32Array.from(
    parts.flatMap(({ ids, imageIndices }) => ids.map((_, row) => imageIndices?.[row] ?? row)),
  );
  const at = (index: number) => [sources[partOf[index]], indices[index]] as const;
  const isKnown = sources.every((source) => source.fingerprint);
  const limits = widest(sources.map((source) => source.limits));
  return {
    images: {
      ...(limits && { limits }),
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

/** The largest of each limit. A limit that no source has keeps its default. */
function widest(all: readonly (Limits | undefined)[]): Limits | undefined {
  const given = all.filter((limits) => limits !== undefined);
  const names = new Set(given.flatMap((limits) => Object.keys(limits) as (keyof Limits)[]));
  if (names.size === 0) return undefined;
  const largest = (name: keyof Limits) =>
    Math.max(...all.map((limits) => checkedLimits('concat', limits)[name]));
  return Object.fromEntries([...names].map((name) => [name, largest(name)]));
}
