/** How equally frequent the labels of a subset are. */
export interface SubsetBalance {
  /** Standard deviation of the positives per label over their mean (population form). */
  readonly score: number;
  /**
   * No subset that may be chosen has a lower score: proven, whatever the search. These are the subsets of as many rows
   * of the same pool, within `perGroup`, whose rows have `minLabelsPerRow` labels; without `minLabelsPerRow`, those
   * with as few empty rows.
   */
  readonly bound: number;
  /** How many of the rows have no label that is known to be positive. */
  readonly emptyRows: number;
  readonly method: 'search' | 'draws';
}
