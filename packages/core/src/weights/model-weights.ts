import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { isModel, type LeafLayer, leafLayers } from '../layers/leaf-layers';
import { innerLayers } from '../tfjs-internals/inner-layers';
import { weightsOf } from '../tfjs-internals/layer-weights';

/** One weight of a model, under a name that doesn't depend on the freeze state. */
export interface ModelWeight {
  /** For example `conv1_bn/gamma`. If several weights share a name, the path stands in front: `base/conv1_bn/gamma`. */
  readonly name: string;
  /** The path of the leaf layer that has the weight, which may be a wrapper. */
  readonly layerPath: string;
  /** The layer that holds the weight: the leaf layer, or one that the wrapper is around. */
  readonly layer: layers.Layer;
  /** The holder's path. That of a layer of its own in a wrapper begins with the wrapper's: `features/forward_lstm`. */
  readonly holderPath: string;
  /** The layer's own variable. It can be read, and assigned to. */
  readonly variable: Variable;
}

/**
 * Every weight of a model, nested models included. Order and names don't depend on the freeze state. (`getWeights()` lists
 * trainable weights first, so its order does.)
 */
export function modelWeights(model: LayersModel): ModelWeight[] {
  const all = leafLayers(model).flatMap((leaf) =>
    holdersIn(leaf).flatMap((holder) =>
      weightsOf(holder.layer).map((weight) => ({ ...holder, weight, layerPath: leaf.path })),
    ),
  );
  const counts = new Map<string, number>();
  for (const { weight } of all) counts.set(weight.originalName, (counts.get(weight.originalName) ?? 0) + 1);
  return all.map(({ layer, path, parent, layerPath, weight }) => {
    const shared = (counts.get(weight.originalName) ?? 0) > 1;
    const name = shared ? parent + weight.originalName : weight.originalName;
    return { name, layerPath, layer, holderPath: path, variable: weight.read() };
  });
}

interface Holder {
  readonly layer: layers.Layer;
  readonly path: string;
  /** The part of the path that stands before the layer's name. */
  readonly parent: string;
}

/** A leaf layer, or the layers in a wrapper. The only layer in a wrapper has the wrapper's path. */
function holdersIn({ layer, path }: Pick<LeafLayer, 'layer' | 'path'>): Holder[] {
  const inner = innerLayers(layer);
  if (inner.length === 0) return [{ layer, path, parent: path.slice(0, path.length - layer.name.length) }];
  return inner.flatMap((one) => {
    if (isModel(one)) {
      return leafLayers(one).flatMap((leaf) => holdersIn({ ...leaf, path: `${path}/${leaf.path}` }));
    }
    return holdersIn({ layer: one, path: inner.length > 1 ? `${path}/${one.name}` : path });
  });
}
