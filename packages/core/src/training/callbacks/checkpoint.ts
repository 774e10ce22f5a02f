import type { Callback } from '../callback';
import { type MonitorOptions, monitorOf } from '../monitor';

/**
 * Saves the classifier after each epoch that is better than all before, as `keras.callbacks.ModelCheckpoint` with
 * `save_best_only`. A crash while it writes leaves the one before.
 *
 * @param target where to, as for `save`: a folder in Node, `indexeddb://name` in a browser.
 */
export function checkpoint(target: string, options: MonitorOptions = {}): Callback {
  const monitor = monitorOf(options);
  let best: number | undefined;
  return {
    async onEpochEnd(row, { classifier }) {
      const value = monitor.value(row);
      if (!monitor.isBetter(value, best)) return;
      best = value;
      await classifier.save(target);
    },
  };
}
