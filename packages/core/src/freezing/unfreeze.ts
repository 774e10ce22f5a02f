import type { BatchNormMode } from './batch-norm-mode';
import { type Freezable, modelOf } from './freezable';
import { type Selection, selectLayers } from './selection';
import { setTrainable } from './set-trainable';

/** Options of `unfreeze`. */
export interface UnfreezeOptions {
  /**
   * What the selected BatchNormalization layers do; by default `'affine'`: gamma and beta learn on statistics
   * that stay, because the statistics of the small batches of fine-tuning are poor. `'training'` is what Keras
   * does with a thawed one; `'frozen'` thaws everything but them.
   */
  readonly batchNorm?: BatchNormMode;
}

/**
 * Lets layers learn again. Layers outside the selection keep their state. Mutates the model.
 *
 * A compiled model is compiled anew, as by `freeze`. A compiled model that holds `target` as a nested one has to
 * be compiled again by its owner: tfjs-layers collects the weights to train at `compile`.
 *
 * @param target a LayersModel, a Backbone or a Classifier.
 * @param selection which layers; by default all of them.
 * @throws SelectionError where the selection names a layer or stage that doesn't exist.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { freeze, trainableSummary, unfreeze } from '@thawjs/core';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 4, inputShape: [3], name: 'features' }),
 *     tf.layers.batchNormalization({ name: 'norm' }),
 *     tf.layers.dense({ units: 2, name: 'predictions' }),
 *   ],
 * });
 * freeze(model);
 * unfreeze(model, /norm|predictions/);
 * console.log(trainableSummary(model).trainableParams); // 18
 * ```
 */
export function unfreeze(
  target: Freezable,
  selection: Selection = 'all',
  { batchNorm = 'affine' }: UnfreezeOptions = {},
): void {
  setTrainable(modelOf(target), selectLayers(target, selection), true, batchNorm);
}
