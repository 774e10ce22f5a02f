/** One thing measured on both sides, under the same name in ours.ts and scikit_learn.py. */
export interface Measure {
  readonly name: string;
  /** How many times as fast as scikit-learn to be. */
  readonly goal: number;
  /** Turns that each side gets; its fastest counts. */
  readonly rounds: number;
  /** Rows of the input, 40 columns. */
  readonly rows: number;
  /** By what scikit-learn's time is multiplied, where it does only a part of the work. Default 1. */
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
  // 1,000 resamples against a hundred.
  { name: 'bootstrap-macro-auc', goal: 50, rounds: 3, rows: 3_900, scale: 10 },
];
