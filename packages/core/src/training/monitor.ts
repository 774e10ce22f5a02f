import { OptionError } from '../errors';
import { type HistoryRow, metricOf } from './history';

/** Which number of the history tells a better epoch from a worse one. */
export interface MonitorOptions {
  /** Which number of the history; default `'val_loss'`, as in Keras. */
  readonly monitor?: string;
  /** Which way is better; `'auto'` (default): less for a loss, more for the rest. */
  readonly mode?: 'auto' | 'min' | 'max';
  /** How much better counts as better; default 0. */
  readonly minDelta?: number;
}

/** Compares epochs by one number of the history. NaN is never better. */
export function monitorOf({ monitor = 'val_loss', mode = 'auto', minDelta = 0 }: MonitorOptions) {
  const sign = mode === 'min' || (mode === 'auto' && /loss$/.test(monitor)) ? -1 : 1;
  return {
    value(row: HistoryRow): number {
      if (!(monitor in row)) {
        const numbers = Object.keys(row).filter((key) => typeof row[key] === 'number');
        throw new OptionError(`monitor "${monitor}": expected one of ${numbers.join(', ')}.`);
      }
      return metricOf(row, monitor);
    },
    isBetter: (value: number, best: number | undefined): boolean =>
      !Number.isNaN(value) && (best === undefined || sign * (value - best) > minDelta),
  };
}
