import '@tensorflow/tfjs-backend-wasm';
import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { conv2dBackpropFilter } from './conv2d-backprop-filter';
import { conv2dBackpropInput } from './conv2d-backprop-input';
import { depthwiseBackpropFilter } from './depthwise-backprop-filter';
import { depthwiseBackpropInput } from './depthwise-backprop-input';

const REPLACED = [conv2dBackpropInput];
const MISSING = [conv2dBackpropFilter, depthwiseBackpropFilter, depthwiseBackpropInput];

/**
 * Registers the gradient kernels that tfjs-backend-wasm lacks, so that convolutional networks can be trained on it,
 * and a faster one for the input of a convolution. A kernel that a later tfjs brings itself is left alone.
 *
 * Importing `@thawjs/backends/wasm` calls it; call it again only after `removeBackend` and the like.
 *
 * @returns the names of the kernels that are Thaw's now
 *
 * @example
 * ```ts
 * import { registerWasmGradients } from '@thawjs/backends/wasm';
 *
 * console.log(registerWasmGradients().includes('Conv2DBackpropFilter')); // true
 * ```
 */
export function registerWasmGradients(): readonly string[] {
  for (const kernel of REPLACED) {
    if (getKernel(kernel.kernelName, 'wasm')) unregisterKernel(kernel.kernelName, 'wasm');
    registerKernel(kernel);
  }
  for (const kernel of MISSING) {
    if (!getKernel(kernel.kernelName, 'wasm')) registerKernel(kernel);
  }
  return [...REPLACED, ...MISSING]
    .filter((kernel) => getKernel(kernel.kernelName, 'wasm').kernelFunc === kernel.kernelFunc)
    .map((kernel) => kernel.kernelName);
}
