/** One measure, which has the same name in ours.ts and scikit_learn.py. */
export interface Measure {
  readonly name: string;
  /** The ratio to reach: scikit-learn's time divided by ours. */
  readonly goal: number;
  /** The number of turns of each side, of which the fastest counts. */
  readonly rounds: number;
  /** The number of rows of the input, which has 40 columns. */
  readonly rows: number;
  /** The factor for scikit-learn's time if it does only a part of the work. Default 1. */
  readonly scale?: number;
}

/** CelebA's size. */
export const ALL = 202_599;

export const measures: readonly Measure[] = [
  { name: 'roc-auc', goal: 6, rounds: 7, rows: ALL },
  { name: 'average-precision', goal: 6, rounds: 7, rows: ALL },
  { name: 'precision-recall-fscore', goal: 5, rounds: 7, rows: ALL },
  { name: 'confusion-counts', goal: 5, rounds: 7, rows: ALL },
  { name: 'lrap', goal: 40, rounds: 2, rows: ALL },
  { name: 'ranking-loss', goal: 10, rounds: 3, rows: ALL },
  { name: 'coverage-error', goal: 1, rounds: 7, rows: ALL },
  // We draw 1,000 resamples, scikit-learn a hundred.
  { name: 'bootstrap-macro-auc', goal: 50, rounds: 3, rows: 3_900, scale: 10 },
];
