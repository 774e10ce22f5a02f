/** Where the features of a frozen prefix are kept, and how much of them; `false` computes them anew at each step. */
export type FeatureCacheOptions =
  | false
  | {
      /**
       * Bytes that may be kept, 4 a feature: in memory (default: a quarter of the machine's, 2 GiB where that isn't known),
       * or in the folder where one is given (default 16 GiB). Features that don't fit aren't kept, and the run says so.
       */
      readonly maxBytes?: number;
      /**
       * Keeps them in files, for later runs too (Node), in a sub-folder `thaw-features` of this folder. The least recently
       * used ones go where room is needed; files that Thaw didn't write stay. Needs a
       * data set that tells by its `fingerprint` whether its images are still the same; without one memory serves.
       */
      readonly folder?: string;
    };
