import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Stage } from '../backbones/backbone';

/** What freezing works on: any LayersModel, or something that has one, with stages or without. */
export type Freezable = LayersModel | { readonly model: LayersModel; readonly stages?: readonly Stage[] };

export function modelOf(target: Freezable): LayersModel {
  return 'model' in target ? target.model : target;
}
