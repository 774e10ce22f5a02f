import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { leafLayers } from '../layers/leaf-layers';
import { innerLayers } from '../tfjs-internals/inner-layers';
import { isTrainable } from './set-trainable';

/** A layer with a flag of its own: a leaf layer, or one that a wrapper is around. */
export interface FlaggedLayer {
  readonly layer: layers.Layer;
  /** The path of a leaf layer; in a wrapper, the wrapper's path, `/` and the layer's name: `features/forward_lstm`. */
  readonly path: string;
  readonly learns: boolean;
  /** The wrapper, or the model in a wrapper, that the layer is in. */
  readonly around?: FlaggedLayer;
}

/** The layers of a model that have flags. Wrappers, and models in them, stand before the layers in them. */
export function flaggedLayers(model: LayersModel): FlaggedLayer[] {
  const visit = (
    layer: layers.Layer,
    path: string,
    isOpen: boolean,
    around?: FlaggedLayer,
  ): FlaggedLayer[] => {
    const own = { layer, path, learns: isOpen && isTrainable(layer), around };
    const inner = innerLayers(layer).flatMap((one) => visit(one, `${path}/${one.name}`, own.learns, own));
    return [own, ...inner];
  };
  return leafLayers(model).flatMap(({ layer, path, parents }) =>
    visit(
      layer,
      path,
      [model, ...parents].every((parent) => parent.trainable),
    ),
  );
}
