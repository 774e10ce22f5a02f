import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ExportError } from '../errors';
import { modelWeights } from '../weights/model-weights';

/** The most bytes of weights: a protobuf message holds 2 GiB, of which 16 MiB are left for the rest of the graph. */
const LARGEST_BYTES = 2 ** 31 - 2 ** 24;

/**
 * Checks that a model's weights fit into one protobuf message.
 *
 * @throws {ExportError} they are larger
 */
export function checkWeightBytes(caller: string, holder: string, model: LayersModel): void {
  const weightBytes = modelWeights(model).reduce((sum, { variable }) => sum + 4 * variable.size, 0);
  if (weightBytes <= LARGEST_BYTES) return;
  throw new ExportError(
    `${caller}: expected weights of at most ${LARGEST_BYTES} bytes, which ${holder} holds; they are ${weightBytes}.`,
  );
}
