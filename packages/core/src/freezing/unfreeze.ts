import { checkOptions } from '../options/check-options';
import { BATCH_NORM_MODE, type BatchNormMode } from './batch-norm-mode';
import { type Freezable, modelOf } from './freezable';
import { refuseGraphModels } from './refuse-graph-models';
import { type Selection, selectLayers } from './selection';
import { setTrainable } from './set-trainable';

/** Options of `unfreeze`. */
export interface UnfreezeOptions {
  /**
   * The mode of the selected BatchNormalization layers; default `'affine'`: gamma and beta learn, the statistics don't
   * change, because statistics of small batches are imprecise. `'training'` is what Keras does with a thawed layer.
   * `'frozen'` leaves these layers frozen.
   */
  readonly batchNorm?: BatchNormMode;
}

/**
 * Makes layers trainable again. Layers outside the selection keep their state. The model is changed in place.
 *
 * A compiled model is compiled again, as by `freeze`. A compiled model that contains `target` as a nested model has to be
 * compiled again by its owner, because tfjs-layers collects the trainable weights at `compile`.
 *
 * @param target a LayersModel, a Backbone or a Classifier.
 * @param selection the layers to make trainable; by default all.
 * @throws SelectionError if the selection names a layer or stage that doesn't exist, or has only graph models, which can't
 * learn; OptionError if an option is misspelt, or its value isn't a mode.
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
  options: UnfreezeOptions = {},
): void {
  checkOptions('unfreeze', options, { batchNorm: BATCH_NORM_MODE });
  const { batchNorm = 'affine' } = options;
  const leaves = selectLayers(target, selection);
  if (selection !== 'all') refuseGraphModels('unfreeze', leaves);
  setTrainable(modelOf(target), leaves, true, batchNorm);
}
