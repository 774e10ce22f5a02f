import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { batchNormMode } from '../freezing/batch-norm-mode';
import { modelWeights } from '../weights/model-weights';

/**
 * The current values, by name, of the weights that can change in this phase. A clone shares the variable's data until the
 * variable gets new data. The caller disposes the values.
 */
export function takeSnapshot(model: LayersModel): Map<string, tf.Tensor> {
  const changing = modelWeights(model).filter(
    ({ layer }) => layer.trainable || batchNormMode(layer) === 'training',
  );
  return new Map(changing.map(({ name, variable }) => [name, variable.clone()]));
}

/** Assigns the values of a snapshot to the weights of those names. The values stay the caller's. */
export function restoreSnapshot(model: LayersModel, snapshot: ReadonlyMap<string, tf.Tensor>): void {
  for (const { name, variable } of modelWeights(model)) {
    const value = snapshot.get(name);
    if (value && value.dataId !== variable.dataId) variable.assign(value);
  }
}
