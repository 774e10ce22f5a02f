import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Stage } from '../backbones/backbone';

/** A model that can be frozen: any LayersModel, or an object that holds one, such as a Backbone or a Classifier. */
export type Freezable = LayersModel | { readonly model: LayersModel; readonly stages?: readonly Stage[] };

export function modelOf(target: Freezable): LayersModel {
  return 'model' in target ? target.model : target;
}
