/**
 * One epoch of a run. Metrics are those asked for (by default auc, precision and recall), of training and, with
 * `val_` in front, of validation; an undefined one is NaN.
 */
export interface HistoryRow {
  /** `'head'` or `'thaw'` in `fineTune`. */
  readonly phase: string;
  /** From 0, going on through the phases. */
  readonly epoch: number;
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
