/**
 * The place and the number of the kept features of a frozen prefix. `false` keeps none: each step runs the whole
 * network.
 */
export type FeatureCacheOptions =
  | false
  | {
      /**
       * The most bytes to keep; a feature takes 4. Without a folder, the limit is for memory (default: a quarter of the
       * machine's memory, or 2 GiB if that is unknown). With a folder, it is for the folder (default 16 GiB). Features
       * that don't fit aren't kept, and callbacks are told by `onNote`.
       */
      readonly maxBytes?: number;
      /**
       * Node only: keeps features in files for later runs, in the sub-folder `thaw-features` of this folder. If room is
       * needed, the least recently used files are removed; files that Thaw didn't write stay. The data set needs a
       * `fingerprint`, which tells whether its images are still the same. Without one, features are kept in memory.
       */
      readonly folder?: string;
    };
