import type * as tf from '@tensorflow/tfjs-core';
import { dispose, keep as keepTensor, tensor } from '@tensorflow/tfjs-core';
import { checkOptions, FLAG, FROM_1 } from '../../options/check-options';
import type { Callback } from '../callback';
import { MONITOR_RULES, type MonitorOptions, monitorOf } from '../monitor';
import type { StateArray } from '../state/training-state';
import { restoreSnapshot, takeSnapshot } from '../weight-snapshot';

/** Options of `earlyStopping`. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** The number of epochs without a better value after which a phase ends; default 5. `Infinity` never ends a phase. */
  readonly patience?: number;
  /** Whether the model gets the weights of the best epoch at the end of each phase; default true. */
  readonly restoreBestWeights?: boolean;
}

/**
 * Ends a phase that no longer improves, and restores the weights of the best epoch.
 *
 * As `keras.callbacks.EarlyStopping`, but over the whole run: the best value of the head phase also counts in the thaw
 * phase, whose first epochs are often worse. A run therefore never ends with worse weights than it had. Patience is
 * counted anew in each phase. Weights are restored whether the phase was stopped, was interrupted or ran to its end.
 * Frozen weights are not touched.
 *
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { classifier, earlyStopping, fineTune } from '@thawjs/core';
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
 * // A rate so low that nothing improves by 0.01: the phase ends after the first epoch and two more.
 * const callbacks = [earlyStopping({ monitor: 'val_loss', minDelta: 0.01, patience: 2 })];
 * const head = { epochs: 50, learningRate: 1e-9 };
 * const { history } = await fineTune(model, { train, validation: train, head, thaw: false, callbacks });
 * console.log(history.length); // 3
 * ```
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  checkOptions('earlyStopping', options, {
    ...MONITOR_RULES,
    patience: FROM_1,
    restoreBestWeights: FLAG,
  });
  const { patience = 5, restoreBestWeights = true } = options;
  const monitor = monitorOf(options);
  let best: number | undefined;
  let waited = 0;
  let snapshot: Map<string, tf.Tensor> | undefined;
  const keep = (taken: Map<string, tf.Tensor>) => {
    dispose([...(snapshot?.values() ?? [])]);
    snapshot = taken;
  };
  return {
    async onPhaseBegin(phase, { classifier, note }) {
      waited = 0;
      const text = monitor.begin('earlyStopping', phase.validationImages > 0);
      if (text) await note(text);
      if (best !== undefined && restoreBestWeights) keep(takeSnapshot(classifier.model));
    },
    async onEpochEnd(row, { classifier, stop, note }) {
      const value = monitor.value(row);
      if (Number.isNaN(value)) {
        await note(
          `earlyStopping: the monitored number of epoch ${row.epoch} is NaN; the epoch counts for nothing.`,
        );
      } else if (monitor.isBetter(value, best)) {
        best = value;
        waited = 0;
        if (restoreBestWeights) keep(takeSnapshot(classifier.model));
      } else if (++waited >= patience) {
        stop();
      }
    },
    onPhaseEnd(_, { classifier }) {
      if (!snapshot) return;
      const values = [...snapshot.values()];
      try {
        restoreSnapshot(classifier.model, snapshot);
      } finally {
        snapshot = undefined;
        dispose(values);
      }
    },
    async state() {
      const arrays: Record<string, StateArray> = {};
      for (const [name, value] of snapshot ?? []) {
        arrays[name] = { shape: value.shape, data: (await value.data()) as Float32Array };
      }
      return { json: { best, waited } satisfies Remembered, arrays };
    },
    restore({ json, arrays = {} }) {
      ({ best, waited } = json as Remembered);
      const stored = Object.entries(arrays);
      if (stored.length === 0) return;
      keep(
        new Map(
          stored.map(([name, { shape, data }]) => [
            name,
            keepTensor(tensor(data as Float32Array, [...shape])),
          ]),
        ),
      );
    },
  };
}

/** The values that the callback keeps over a resume, besides the best weights. */
interface Remembered {
  readonly best?: number;
  readonly waited: number;
}
