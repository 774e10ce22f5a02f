import { OptionError, SavedModelError } from '../../errors';
import { nodeModules } from '../../platform/node';
import type { Callback, SafePoint, TrainingContext } from '../callback';
import { type MonitorOptions, monitorOf } from '../monitor';
import { writeState } from '../state/state-file';

/** When a checkpoint is written. */
export interface CheckpointOptions extends MonitorOptions {
  /** Also writes what the run needs to go on every so many steps; by default after each epoch alone. */
  readonly everySteps?: number;
}

/** What a checkpoint remembers. */
interface Remembered {
  readonly saved?: number;
}

/**
 * Saves the classifier after each epoch that is better than all before, as `keras.callbacks.ModelCheckpoint` with
 * `save_best_only`; and in a folder, after every epoch, what the run needs to go on. Give the folder as `resume` to take a
 * run that was killed up again: it ends with the same bytes as one that wasn't killed, and a model that is worse than the
 * saved one still doesn't replace it.
 *
 * Without validation, the training loss tells which epoch is better if `monitor` isn't given.
 *
 * A crash while a file is written leaves the one before. A full disk, or another failure to write, doesn't end the run:
 * callbacks hear of it by `onNote`, and the next occasion is tried again.
 *
 * @param target where to, as for `save`: a folder in Node, `indexeddb://name` in a browser (the model alone).
 * @throws OptionError if an option is outside its range.
 */
export function checkpoint(target: string, options: CheckpointOptions = {}): Callback {
  const { everySteps = Number.POSITIVE_INFINITY } = options;
  if (!(everySteps >= 1)) {
    throw new OptionError(`checkpoint: expected everySteps of 1 or more; received ${everySteps}.`);
  }
  const monitor = monitorOf(options);
  const node = /^\w+:\/\//.test(target) ? undefined : nodeModules();
  let saved: number | undefined;
  const attempt = async (write: () => Promise<void>, what: string, { note }: TrainingContext) => {
    try {
      await write();
      return true;
    } catch (error) {
      if (!isFailureToWrite(error)) throw error;
      await note(`no ${what}, training goes on: ${error.message}`);
      return false;
    }
  };
  return {
    async onPhaseBegin(phase, { note }) {
      const text = monitor.begin('checkpoint', phase.validationImages > 0);
      if (text) await note(text);
    },
    async onEpochEnd(row, context) {
      const value = monitor.value(row);
      if (!monitor.isBetter(value, saved)) return;
      const { classifier } = context;
      if (await attempt(() => classifier.save(target), `checkpoint of epoch ${row.epoch}`, context))
        saved = value;
    },
    async onSafePoint(point: SafePoint, context) {
      if (!node || !(point.epochEnd || point.step % everySteps === 0)) return;
      const write = async () => writeState(node, target, await point.state());
      await attempt(
        write,
        `state to resume from after step ${point.step} of phase "${point.phase}"`,
        context,
      );
    },
    state: () => ({ json: { saved } satisfies Remembered }),
    restore({ json }) {
      ({ saved } = json as Remembered);
    },
  };
}

/** Whether the place to save to failed; a target that can't be saved to at all has no cause, and other errors no code. */
function isFailureToWrite(error: unknown): error is Error {
  if (error instanceof SavedModelError) return error.cause !== undefined;
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}
