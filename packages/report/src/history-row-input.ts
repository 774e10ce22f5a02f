/**
 * One epoch of a training run: a flat record, as `fineTune` of `@thawjs/core` gives it and Keras' CSV log lists it.
 *
 * Beside `phase` and `epoch` it holds metrics by name, those of validation with `val_` in front, and whatever else
 * was measured (`learningRate`, `seconds`). An undefined metric is NaN, null (as in JSON) or missing.
 */
export interface HistoryRowInput {
  /** The phase's name: `'head'`, `'thaw'`, or any other. */
  readonly phase: string;
  /** 0-based, rising through all phases. */
  readonly epoch: number;
  readonly [column: string]: number | string | null | undefined;
}
