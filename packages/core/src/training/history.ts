/**
 * One epoch of a run. It has each metric (by default auc, precision and recall) for training and, under a name with `val_`
 * in front, for validation. An undefined metric is NaN.
 */
export interface HistoryRow {
  /** `'head'` or `'thaw'` in `fineTune`. */
  readonly phase: string;
  /** The number of the epoch within the run, from 0, counted on over the phases. */
  readonly epoch: number;
  /** The rate of the epoch's last step; 0 for an epoch that fits the head without steps. */
  readonly learningRate: number;
  /** Wall time of the epoch, validation included. */
  readonly seconds: number;
  readonly loss: number;
  readonly val_loss: number;
  readonly [metric: string]: number | string;
}

/** A metric's value in a history row. */
export function metricOf(row: HistoryRow, name: string): number {
  const value = row[name];
  return typeof value === 'number' ? value : Number.NaN;
}
