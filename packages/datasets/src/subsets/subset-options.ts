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
  /** Told now and then how far the search has come. */
  readonly onProgress?: (progress: SubsetProgress) => void;
}

/** What `balanced` takes. */
export interface BalancedOptions extends SubsetSearch {
  /** The rows to choose from: an official part, or those that the function says yes to. Default: all. */
  readonly pool?: SplitName | ((row: DatasetRow) => boolean);
  /** At most as many rows of each group (of one person, say). Default: any number. */
  readonly perGroup?: number;
}
