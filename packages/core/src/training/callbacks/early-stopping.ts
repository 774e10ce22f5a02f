import type * as tf from '@tensorflow/tfjs-core';
import { dispose } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { modelWeights } from '../../freezing/model-weights';
import type { Callback } from '../callback';
import { type MonitorOptions, monitorOf } from '../monitor';

/** When a phase ends early, and what it leaves. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without a better value after which a phase ends; default 5. `Infinity` only restores. */
  readonly patience?: number;
  /** Give the model the weights of its best epoch at the end of each phase; default true. */
  readonly restoreBestWeights?: boolean;
}

/**
 * Ends a phase that no longer gets better, and restores the weights of the best epoch.
 *
 * As `keras.callbacks.EarlyStopping`, but over the whole run: the best value of the head phase stays the one to
 * beat in the fine-tuning phase, whose first epochs often fall below it, so that a run never ends with worse
 * weights than it had. Patience is counted anew in each phase. Restoring is the default, and is done whether
 * the phase was stopped, interrupted or ran to its end. Frozen weights are untouched.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const { patience = 5, restoreBestWeights = true } = options;
  const monitor = monitorOf(options);
  let best: number | undefined;
  let waited = 0;
  let snapshot: Map<string, tf.Tensor> | undefined;
  const keep = (model: LayersModel) => {
    if (!restoreBestWeights) return;
    dispose([...(snapshot?.values() ?? [])]);
    snapshot = takeSnapshot(model);
  };
  return {
    onPhaseBegin(_, { classifier }) {
      waited = 0;
      if (best !== undefined) keep(classifier.model);
    },
    onEpochEnd(row, { classifier, stop }) {
      const value = monitor.value(row);
      if (monitor.isBetter(value, best)) {
        best = value;
        waited = 0;
        keep(classifier.model);
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
  };
}

/** The weights as they are now, by name. A clone shares its bytes until the variable gets others. */
function takeSnapshot(model: LayersModel): Map<string, tf.Tensor> {
  return new Map(modelWeights(model).map(({ name, variable }) => [name, variable.clone()]));
}

function restoreSnapshot(model: LayersModel, snapshot: ReadonlyMap<string, tf.Tensor>): void {
  for (const { name, variable } of modelWeights(model)) {
    const value = snapshot.get(name);
    if (value && value.dataId !== variable.dataId) variable.assign(value);
  }
}
