import { OptionError } from '../errors';
import { FROM_0, type OptionRule, oneOf, TEXT } from '../options/check-options';
import { type HistoryRow, metricOf } from './history';

/** How epochs are compared. */
export interface MonitorOptions {
  /** The number of a history row to compare; default `'val_loss'`, as in Keras, or `'loss'` without validation. */
  readonly monitor?: string;
  /** Whether a smaller or a larger value is better. `'auto'` (default): smaller for a loss, larger otherwise. */
  readonly mode?: 'auto' | 'min' | 'max';
  /** The smallest improvement that counts as better; default 0. */
  readonly minDelta?: number;
}

/** The checks of the options that say how epochs are compared. */
export const MONITOR_RULES: Readonly<Record<keyof MonitorOptions, OptionRule>> = {
  monitor: TEXT,
  mode: oneOf('auto', 'min', 'max'),
  minDelta: FROM_0,
};

/** Compares epochs by one number of the history. NaN is never better. */
export function monitorOf(options: MonitorOptions) {
  const { mode = 'auto', minDelta = 0 } = options;
  let monitor = options.monitor ?? 'val_loss';
  return {
    /**
     * Must be called when a phase begins.
     *
     * @returns a sentence for `onNote` if the training loss is monitored because there is no validation.
     * @throws OptionError if the option `monitor` needs validation and there is none.
     */
    begin(who: string, hasValidation: boolean): string | undefined {
      if (hasValidation) {
        monitor = options.monitor ?? 'val_loss';
        return undefined;
      }
      if (options.monitor?.startsWith('val_')) {
        throw new OptionError(
          `${who}: expected validation, which monitor "${options.monitor}" is of; there is none. ` +
            `Give validation, or monitor: '${options.monitor.slice('val_'.length)}'.`,
        );
      }
      monitor = options.monitor ?? 'loss';
      return options.monitor ? undefined : `${who}: monitors the training loss, as there is no validation.`;
    },
    value(row: HistoryRow): number {
      if (!(monitor in row)) {
        const numbers = Object.keys(row).filter((key) => typeof row[key] === 'number');
        throw new OptionError(`monitor "${monitor}": expected one of ${numbers.join(', ')}.`);
      }
      return metricOf(row, monitor);
    },
    isBetter(value: number, best: number | undefined): boolean {
      const sign = mode === 'min' || (mode === 'auto' && /loss$/.test(monitor)) ? -1 : 1;
      return !Number.isNaN(value) && (best === undefined || sign * (value - best) > minDelta);
    },
  };
}
