import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { KernelMissingError } from '../errors';
import { leafLayers } from '../layers/leaf-layers';

const GRADIENT_KERNELS: Readonly<Record<string, readonly string[]>> = {
  Conv2D: ['Conv2DBackpropFilter'],
  DepthwiseConv2D: ['DepthwiseConv2dNativeBackpropFilter', 'DepthwiseConv2dNativeBackpropInput'],
};

/**
 * Checks that the backend has the gradient kernels that the trainable layers need.
 *
 * @throws KernelMissingError, which names the first missing kernel and how to get it.
 */
export function requireKernels(model: LayersModel, phase: string): void {
  const backend = tf.getBackend();
  for (const { layer } of leafLayers(model)) {
    if (!layer.trainable || layer.trainableWeights.length === 0) continue;
    const missing = GRADIENT_KERNELS[layer.getClassName()]?.find((kernel) => !tf.getKernel(kernel, backend));
    if (missing) {
      throw new KernelMissingError(
        `phase "${phase}" trains layer "${layer.name}", which needs ${missing}, and backend "${backend}" lacks it. ` +
          'Call useBestBackend(), or import "@thawjs/backends/wasm".',
      );
    }
  }
}
