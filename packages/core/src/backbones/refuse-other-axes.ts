import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { leafLayers } from '../layers/leaf-layers';
import { WeightsFileError } from '../weights/errors';

/**
 * Refuses layers that work along another axis than the last: TensorFlow.js normalises wrongly there, and its softmax throws.
 *
 * @throws {WeightsFileError} names the layer and the axis
 */
export function refuseOtherAxes(model: LayersModel, source: string): void {
  for (const { layer, path } of leafLayers(model)) {
    const { axis } = layer.getConfig() as { axis?: unknown };
    const className = layer.getClassName();
    if (!['BatchNormalization', 'Softmax'].includes(className) || typeof axis !== 'number') continue;
    const rank = (layer.getInputAt(0) as SymbolicTensor).shape.length;
    if (axis !== -1 && axis !== rank - 1)
      throw new WeightsFileError(
        `${source}: layer "${path}" (${className}) works along axis ${axis}; TensorFlow.js does so along the last one alone.`,
      );
  }
}
