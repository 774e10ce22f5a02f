import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

/** The computation of a layer. `training` says whether the call is part of training. */
export type LayerFunction = (x: Tensor, training: boolean) => Tensor;

/**
 * Replaces the computation of one layer for every way of running it: `fit`, `predict` or `apply`, nested or not. This works
 * because tfjs-layers calls the method of the layer object. The layer's class, configuration and weights stay as they are.
 */
export function replaceCall(layer: layers.Layer, compute: LayerFunction): void {
  layer.call = (inputs, kwargs) =>
    compute(Array.isArray(inputs) ? inputs[0] : inputs, kwargs?.training === true);
}
