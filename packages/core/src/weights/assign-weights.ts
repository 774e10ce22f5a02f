import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type MatchOptions, matchWeights, type WeightPair } from './match-weights';
import type { WeightsFile } from './named-weights';

/**
 * Assigns the weights of a file to a model's layers, by the names of layers and weights (see `matchWeights`). Everything is
 * checked before the first weight is written.
 *
 * @throws {WeightsMismatchError} names every missing layer, or the layer, the weight and both shapes
 */
export function assignWeights(model: LayersModel, file: WeightsFile, options: MatchOptions): void {
  for (const { target, values } of matchWeights(model, file, options)) assign(target, values);
}

function assign({ variable }: WeightPair['target'], { shape, read }: WeightPair['values']): void {
  const values = read();
  const value =
    variable.dtype === 'int32'
      ? tf.tensor(Int32Array.from(values), [...shape], 'int32')
      : tf.tensor(values, [...shape], 'float32');
  variable.assign(value);
  value.dispose(); // the variable shares the memory and keeps it
}
