import type { LayersModel, layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** A layer that isn't itself a model, with its place in the model. */
export interface LeafLayer {
  readonly layer: Layer;
  /** The names of the nested models around the layer and its own name, joined by `/`: `base/conv1_conv`. */
  readonly path: string;
  /** The nested models around the layer, outermost first. */
  readonly parents: readonly LayersModel[];
}

export function isModel(layer: Layer): layer is LayersModel & Layer {
  return Array.isArray((layer as unknown as LayersModel).layers);
}

/** The layers of a model in the model's order. Nested models are replaced by their layers. A shared layer occurs once. */
export function leafLayers(model: LayersModel): LeafLayer[] {
  const found = new Map<Layer, LeafLayer>();
  const visit = (container: LayersModel, prefix: string, parents: readonly LayersModel[]) => {
    for (const layer of container.layers) {
      if (isModel(layer)) visit(layer, `${prefix}${layer.name}/`, [...parents, layer]);
      else if (!found.has(layer)) found.set(layer, { layer, path: prefix + layer.name, parents });
    }
  };
  visit(model, '', []);
  return [...found.values()];
}
