import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

/** What a layer computes, given whether the call is one of training. */
export type LayerFunction = (x: Tensor, training: boolean) => Tensor;

/**
 * Has one layer compute something else, however it is run: by `fit`, `predict` or `apply`, nested or not. tfjs-layers calls
 * the layer's own method each time; its class, configuration and weights stay as they are.
 */
export function replaceCall(layer: layers.Layer, compute: LayerFunction): void {
  layer.call = (inputs, kwargs) =>
    compute(Array.isArray(inputs) ? inputs[0] : inputs, kwargs?.training === true);
}
