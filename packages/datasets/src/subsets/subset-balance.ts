/** How equally frequent the labels of a subset are. */
export interface SubsetBalance {
  /** Standard deviation of the positives per label over their mean (population form). */
  readonly score: number;
  /** No subset of as many rows of the same pool has a lower score: proven, whatever the search. */
  readonly bound: number;
  readonly method: 'search' | 'draws';
}
