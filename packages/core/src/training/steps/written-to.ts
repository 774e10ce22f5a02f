import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { modelWeights } from '../../freezing/model-weights';

/**
 * Tells at each call whether a weight of the model was written to since the last one, other than those that are left out.
 *
 * A variable that is assigned to has other data from then on.
 */
export function writtenTo(model: LayersModel, leftOut: ReadonlySet<Variable> = new Set()): () => boolean {
  const watched = modelWeights(model)
    .map(({ variable }) => variable)
    .filter((variable) => !leftOut.has(variable));
  let seen = watched.map(({ dataId }) => dataId);
  return () => {
    const now = watched.map(({ dataId }) => dataId);
    const changed = now.some((dataId, i) => dataId !== seen[i]);
    seen = now;
    return changed;
  };
}
