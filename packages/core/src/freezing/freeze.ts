import { type Freezable, modelOf } from './freezable';
import { type Selection, selectLayers } from './selection';
import { setTrainable } from './set-trainable';

/**
 * Freezes layers. After any training, every byte of every frozen layer is what it was before.
 *
 * The weights of a frozen layer don't learn. A frozen BatchNormalization normalises by its moving statistics, which don't
 * change, as in Keras. (With tfjs-layers' own `trainable = false`, both depend on the `training` flag.) This holds for
 * `fineTune`, for plain `model.fit` and for `apply(x, { training: true })`, in nested models too. Layers outside the
 * selection keep their state. The model is changed in place.
 *
 * A compiled model is compiled again with the same loss, metrics and optimizer settings, and a fresh optimizer. Compiled
 * models that contain `target` as a nested model need no new `compile` after freezing.
 *
 * @param target a LayersModel, a Backbone or a Classifier.
 * @param selection the layers to freeze; by default all.
 * @throws SelectionError if the selection names a layer or stage that doesn't exist.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { freeze, trainableSummary } from '@thawjs/core';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 4, inputShape: [3], name: 'features' }),
 *     tf.layers.batchNormalization({ name: 'norm' }),
 *     tf.layers.dense({ units: 2, name: 'predictions' }),
 *   ],
 * });
 * freeze(model, { upTo: 'norm' });
 * console.log(trainableSummary(model).trainableParams); // 10
 * ```
 */
export function freeze(target: Freezable, selection: Selection = 'all'): void {
  setTrainable(modelOf(target), selectLayers(target, selection), false, 'frozen');
}
