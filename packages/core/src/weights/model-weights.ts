import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { leafLayers } from '../layers/leaf-layers';
import { weightsOf } from '../tfjs-internals/layer-weights';

/** One weight of a model, under a name that doesn't depend on the freeze state. */
export interface ModelWeight {
  /** For example `conv1_bn/gamma`. If several weights share a name, the path stands in front: `base/conv1_bn/gamma`. */
  readonly name: string;
  readonly layerPath: string;
  readonly layer: layers.Layer;
  /** The layer's own variable. It can be read, and assigned to. */
  readonly variable: Variable;
}

/**
 * Every weight of a model, nested models included. Order and names don't depend on the freeze state. (`getWeights()` lists
 * trainable weights first, so its order does.)
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
