/** One row's scores, in buffers that the next row overwrites. */
export interface RowScores {
  /** Scores of the row's labels, in no certain order; the first `width` count. */
  readonly all: Float64Array;
  readonly width: number;
  /** Scores of its positive labels, in no certain order; the first `count` count. */
  readonly positives: Float64Array;
  readonly count: number;
}
