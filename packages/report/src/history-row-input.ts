/**
 * One epoch of a training run: a flat record, as in the history of `fineTune` of `@thawjs/core` and in Keras'
 * CSV log. Besides `phase` and `epoch` it holds metrics by name, those of validation with the prefix `val_`,
 * and other measurements (`learningRate`, `seconds`). An undefined metric is NaN, null (as in JSON) or
 * missing.
 */
export interface HistoryRowInput {
  /** The name of the phase: `'head'`, `'thaw'`, or any other. */
  readonly phase: string;
  /** 0-based, rising through all phases. */
  readonly epoch: number;
  readonly [column: string]: number | string | null | undefined;
}
