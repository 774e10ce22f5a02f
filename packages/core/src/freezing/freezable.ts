import type { LayersModel } from '@tensorflow/tfjs-layers';

/** A named group of layers, from input to output: what `{ stage: 'conv5' }` means. */
export interface NamedStage {
  readonly name: string;
  readonly layers: readonly string[];
}

/** What freezing works on: any LayersModel, or something that has one, with stages or without. */
export type Freezable =
  | LayersModel
  | { readonly model: LayersModel; readonly stages?: readonly NamedStage[] };

export function modelOf(target: Freezable): LayersModel {
  return 'model' in target ? target.model : target;
}
