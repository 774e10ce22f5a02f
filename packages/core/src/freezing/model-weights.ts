import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { weightsOf } from '../tfjs-internals/layer-weights';
import { leafLayers } from './leaf-layers';

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
  const all = leafLayers(model).flatMap(({ layer, path }) =>
    weightsOf(layer).map((weight) => ({ layer, path, weight })),
  );
  const counts = new Map<string, number>();
  for (const { weight } of all) counts.set(weight.originalName, (counts.get(weight.originalName) ?? 0) + 1);
  return all.map(({ layer, path, weight }) => {
    const parent = path.slice(0, path.length - layer.name.length);
    const shared = (counts.get(weight.originalName) ?? 0) > 1;
    const name = shared ? parent + weight.originalName : weight.originalName;
    return { name, layerPath: path, layer, variable: weight.read() };
  });
}
