import { SavedModelError } from '../../errors';
import type { Callback } from '../callback';
import { type MonitorOptions, monitorOf } from '../monitor';

/**
 * Saves the classifier after each epoch that is better than all before, as `keras.callbacks.ModelCheckpoint` with
 * `save_best_only`. A crash while it writes leaves the one before.
 *
 * A full disk, or another failure to write, doesn't end the run: callbacks hear of it by `onNote`, and the next epoch that
 * is better than what was last saved is tried again.
 *
 * @param target where to, as for `save`: a folder in Node, `indexeddb://name` in a browser.
 */
export function checkpoint(target: string, options: MonitorOptions = {}): Callback {
  const monitor = monitorOf(options);
  let saved: number | undefined;
  return {
    async onEpochEnd(row, { classifier, note }) {
      const value = monitor.value(row);
      if (!monitor.isBetter(value, saved)) return;
      try {
        await classifier.save(target);
      } catch (error) {
        if (!isFailureToWrite(error)) throw error;
        await note(`no checkpoint of epoch ${row.epoch}, training goes on: ${error.message}`);
        return;
      }
      saved = value;
    },
  };
}

/** Whether the place to save to failed; a target that can't be saved to at all has no cause. */
function isFailureToWrite(error: unknown): error is SavedModelError {
  return error instanceof SavedModelError && error.cause !== undefined;
}
