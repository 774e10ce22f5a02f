import { ANY } from '../options/check-options';
import type { SplitName } from '../records/dataset-records';
import type { DatasetRow } from '../records/dataset-row';

/** How far a search has come; steps rise. */
export interface SubsetProgress {
  /** Rows added and exchanged so far, or draws. */
  readonly step: number;
  /** Standard deviation over mean of the positives per label of what is chosen so far. */
  readonly score: number;
}

/** How a balanced subset is looked for, in the table that it is looked for in. */
export interface SubsetSearch {
  /** `'search'` (default): greedy addition and exchanges. `'draws'`: the model case's own random draws. */
  readonly method?: 'search' | 'draws';
  /** Breaks ties, or seeds the draws. Default 0. */
  readonly seed?: number;
  /**
   * How many labels each row has at least. 0 allows rows without labels wherever they make the others more equally frequent.
   * Default: 1 as long as there are enough such rows; rows without labels make up for those that are missing.
   */
  readonly minLabelsPerRow?: number;
  /** Told now and then how far the search has come. */
  readonly onProgress?: (progress: SubsetProgress) => void;
}

/** Options of `balanced`. */
export interface BalancedOptions extends SubsetSearch {
  /** The rows to choose from: an official part, or those that the function says yes to. Default: all. */
  readonly pool?: SplitName | ((row: DatasetRow) => boolean);
  /** At most as many rows of each group (of one person, say). Default: any number. */
  readonly perGroup?: number;
}

/** The options of {@link SubsetSearch}; their values are checked beside the table. */
export const searchRules = { method: ANY, seed: ANY, minLabelsPerRow: ANY, perGroup: ANY, onProgress: ANY };

/** The options of {@link BalancedOptions}. */
export const balancedRules = {
  ...searchRules,
  pool: {
    accepts: (value: unknown) =>
      typeof value === 'function' || ['train', 'validation', 'test'].includes(value as string),
    expected: "'train', 'validation', 'test' or a function of a row",
  },
};
