import { SavedModelError } from '../../errors';
import { openStore } from '../../files/open-store';
import { checkOptions, FROM_1 } from '../../options/check-options';
import type { FileError } from '../../platform/node-types';
import type { Callback, SafePoint, TrainingContext } from '../callback';
import { MONITOR_RULES, type MonitorOptions, monitorOf } from '../monitor';
import { writeState } from '../state/state-file';

/** Options of `checkpoint`. */
export interface CheckpointOptions extends MonitorOptions {
  /** Also writes the training state each time this many steps have ended; by default only after each epoch. */
  readonly everySteps?: number;
}

/** The value that the callback keeps over a resume: the best one so far, which is that of the saved model. */
interface Remembered {
  readonly saved?: number;
}

/**
 * Saves the classifier after each epoch that is better than all before, as `keras.callbacks.ModelCheckpoint` with
 * `save_best_only`. The training state is written to the same target after every epoch.
 *
 * To resume a run that was killed, or whose page was closed, give the target as `resume`. The run then ends with the same
 * bytes as a run that wasn't interrupted, and the saved model is still replaced only by a better one.
 *
 * Without validation, the training loss is monitored if `monitor` isn't given.
 *
 * A crash while a file is written leaves the previous file. A full disk, or another failure to write, doesn't end the
 * run: callbacks are told by `onNote`, and the next save is tried as usual.
 *
 * @param target as for `save`: a folder in Node, or `indexeddb://name` in a browser. Other URLs that TensorFlow.js saves to
 * get the model alone, without a training state.
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mkdtemp, readdir } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { checkpoint, classifier, fineTune, load } from '@thawjs/core';
 *
 * // Four images of 4×4 pixels, white if the label is 1, else black.
 * const y = Uint8Array.of(1, 0, 1, 0);
 * const pixels = Uint8Array.from({ length: 4 * 48 }, (_, i) => 255 * y[Math.floor(i / 48)]);
 * const train = {
 *   length: 4,
 *   ids: ['a', 'b', 'c', 'd'],
 *   labels: ['Bright'],
 *   y,
 *   async *batches() {
 *     yield { rows: Int32Array.of(0, 1, 2, 3), pixels, shape: [4, 4, 4, 3] as const, y };
 *   },
 * };
 * const layers = [tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [4, 4, 3] })];
 * const preprocessing = { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 } as const;
 * const model = classifier(tf.sequential({ layers }), { labels: train.labels, preprocessing });
 *
 * const folder = join(await mkdtemp(join(tmpdir(), 'thaw-')), 'best');
 * const callbacks = [checkpoint(folder, { monitor: 'loss' })];
 * await fineTune(model, { train, head: { epochs: 2, learningRate: 1e-2 }, thaw: false, callbacks });
 * console.log((await readdir(folder)).includes('model.json')); // true
 * console.log((await load(folder)).labels); // [ 'Bright' ]
 * ```
 */
export function checkpoint(target: string, options: CheckpointOptions = {}): Callback {
  checkOptions('checkpoint', options, { ...MONITOR_RULES, everySteps: FROM_1 });
  const { everySteps = Number.POSITIVE_INFINITY } = options;
  const monitor = monitorOf(options);
  const store = openStore(target);
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
      if (!store || !(point.epochEnd || point.step % everySteps === 0)) return;
      const write = async () => writeState(store, await point.state());
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

/** Whether an error is a failed write. A SavedModelError without a cause means that the target is unusable in principle. */
function isFailureToWrite(error: unknown): error is Error {
  if (error instanceof SavedModelError) return error.cause !== undefined;
  // A browser's database that is full, or was cleared.
  if (typeof DOMException !== 'undefined' && error instanceof DOMException)
    return error.name !== 'AbortError';
  return error instanceof Error && typeof (error as FileError).syscall === 'string';
}
