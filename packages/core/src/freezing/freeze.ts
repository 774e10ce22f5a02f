import { type Freezable, modelOf } from './freezable';
import { type Selection, selectLayers } from './selection';
import { setTrainable } from './set-trainable';

/**
 * Freezes layers: after any training, every byte of every frozen layer is what it was.
 *
 * A frozen layer's weights don't learn, and a frozen BatchNormalization normalises by its moving statistics,
 * which stay, as in Keras; tfjs-layers' own `trainable = false` leaves both to the `training` flag. It holds
 * for `fineTune`, for plain `model.fit` and for `apply(x, { training: true })`, in nested models too. Layers
 * outside the selection keep their state. Mutates the model.
 *
 * A compiled model is compiled anew with the same loss, metrics and optimizer settings; the optimizer starts
 * fresh. (Of models that hold `target` as a nested one, freezing needs no new `compile`.)
 *
 * @param target a LayersModel, a Backbone or a Classifier.
 * @param selection which layers; by default all of them.
 * @throws SelectionError where the selection names a layer or stage that doesn't exist.
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
