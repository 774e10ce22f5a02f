import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { leafLayers } from './leaf-layers';

/** What tfjs-layers keeps of one weight; its declarations leave the lists protected. */
interface LayerVariable {
  readonly originalName: string;
  read(): Variable;
}

interface LayerInternals {
  readonly _trainableWeights: readonly LayerVariable[];
  readonly _nonTrainableWeights: readonly LayerVariable[];
  readonly weights: readonly LayerVariable[];
}

/** One weight of a model under a name that doesn't change with the freeze state. */
export interface ModelWeight {
  /** `conv1_bn/gamma`; where two nested layers share that name, the path in front: `base/conv1_bn/gamma`. */
  readonly name: string;
  readonly layerPath: string;
  readonly layer: layers.Layer;
  /** The live variable: read it, or `assign` to it. Owned by the layer. */
  readonly variable: Variable;
}

/**
 * Every weight of a model, nested models included, in an order and under names that the freeze state
 * doesn't touch (`getWeights()` lists trainable weights first, so that its order changes with it).
 */
export function modelWeights(model: LayersModel): ModelWeight[] {
  const all = leafLayers(model).flatMap(({ layer, path }) => {
    const { _trainableWeights, _nonTrainableWeights, weights } = layer as unknown as LayerInternals;
    const own = [..._trainableWeights, ..._nonTrainableWeights];
    // Wrappers such as Bidirectional hold no list of their own, only their inner layers' union.
    return (own.length > 0 ? own : weights).map((weight) => ({ layer, path, weight }));
  });
  const counts = new Map<string, number>();
  for (const { weight } of all) counts.set(weight.originalName, (counts.get(weight.originalName) ?? 0) + 1);
  return all.map(({ layer, path, weight }) => {
    const parent = path.slice(0, path.length - layer.name.length);
    const shared = (counts.get(weight.originalName) ?? 0) > 1;
    const name = shared ? parent + weight.originalName : weight.originalName;
    return { name, layerPath: path, layer, variable: weight.read() };
  });
}
