import { checkOptions, FROM_0, numberRule, WHOLE_FROM_0, WHOLE_FROM_1 } from '../../options/check-options';
import type { Callback } from '../callback';
import { MONITOR_RULES, type MonitorOptions, monitorOf } from '../monitor';

/** Options of `reduceOnPlateau`. The defaults are those of Keras; that of `minDelta` is 0.0001. */
export interface ReduceOnPlateauOptions extends MonitorOptions {
  /** The factor of the learning rate, above 0 and below 1; default 0.1. */
  readonly factor?: number;
  /** The number of epochs without a better value after which the rate is reduced, 1 or more; default 10. */
  readonly patience?: number;
  /** The number of epochs after a reduction that don't count for `patience`, 0 or more; default 0. */
  readonly cooldown?: number;
  /** The rate isn't reduced below this, 0 or more; default 0. Keras calls it `min_lr`. */
  readonly minLearningRate?: number;
}

/** The values that the callback keeps over a resume. The reduced rate itself is part of the training state. */
interface Remembered {
  readonly best?: number;
  readonly waited: number;
  readonly cooling: number;
}

/**
 * Reduces the learning rate if epochs no longer improve, as `keras.callbacks.ReduceLROnPlateau`.
 *
 * A schedule stays in force: its later rates are all multiplied by the same factor. Each phase starts anew, with the full
 * rate. A callback hears of each reduction by `onNote`, and the history rows have the rates.
 *
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { classifier, fineTune, reduceOnPlateau } from '@thawjs/core';
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
 * // A rate so low that nothing improves by 0.01.
 * const callbacks = [reduceOnPlateau({ monitor: 'val_loss', minDelta: 0.01, patience: 2, factor: 0.5 })];
 * const head = { epochs: 4, learningRate: 8e-9 };
 * const { history } = await fineTune(model, { train, validation: train, head, thaw: false, callbacks });
 * console.log(history.map(({ learningRate }) => learningRate)); // [ 8e-9, 8e-9, 8e-9, 4e-9 ]
 * ```
 */
export function reduceOnPlateau(options: ReduceOnPlateauOptions = {}): Callback {
  checkOptions('reduceOnPlateau', options, {
    ...MONITOR_RULES,
    factor: numberRule('above 0 and below 1', (value) => value > 0 && value < 1),
    patience: WHOLE_FROM_1,
    cooldown: WHOLE_FROM_0,
    minLearningRate: FROM_0,
  });
  const { factor = 0.1, patience = 10, cooldown = 0, minLearningRate = 0, minDelta = 1e-4 } = options;
  const monitor = monitorOf({ ...options, minDelta });
  let best: number | undefined;
  let waited = 0;
  let cooling = 0;
  return {
    async onPhaseBegin(phase, { note }) {
      best = undefined;
      waited = cooling = 0;
      const text = monitor.begin('reduceOnPlateau', phase.validationImages > 0);
      if (text) await note(text);
    },
    async onEpochEnd(row, context) {
      const value = monitor.value(row);
      if (cooling > 0) {
        cooling -= 1;
        waited = 0;
      }
      if (monitor.isBetter(value, best)) {
        best = value;
        waited = 0;
        return;
      }
      if (cooling > 0 || ++waited < patience) return;
      const rate = context.learningRate;
      if (rate <= minLearningRate) return;
      const reduced = Math.max(rate * factor, minLearningRate);
      context.learningRate = reduced;
      cooling = cooldown;
      waited = 0;
      await context.note(
        `reduceOnPlateau: the learning rate is ${shown(reduced)} instead of ${shown(rate)} from epoch ${row.epoch + 1} on.`,
      );
    },
    state: () => ({ json: { best, waited, cooling } satisfies Remembered }),
    restore({ json }) {
      ({ best, waited, cooling } = json as Remembered);
    },
  };
}

function shown(rate: number): string {
  return String(Number(rate.toPrecision(3)));
}
