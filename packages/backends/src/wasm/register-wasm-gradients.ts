import '@tensorflow/tfjs-backend-wasm';
import { getKernel, registerKernel } from '@tensorflow/tfjs-core';
import { replaceKernel } from '../kernels/replace-kernel';
import { avgPoolGradient } from '../pooling/avg-pool-gradient';
import { maxPoolGradient } from '../pooling/max-pool-gradient';
import { conv2dBackpropFilter } from './conv2d-backprop-filter';
import { conv2dBackpropInput } from './conv2d-backprop-input';
import { depthwiseBackpropFilter } from './depthwise-backprop-filter';
import { depthwiseBackpropInput } from './depthwise-backprop-input';

const REPLACED = [conv2dBackpropInput, avgPoolGradient('wasm'), maxPoolGradient('wasm')];
const MISSING = [conv2dBackpropFilter, depthwiseBackpropFilter, depthwiseBackpropInput];

/**
 * Registers the gradient kernels that tfjs-backend-wasm lacks, so that convolutional networks can be trained on it,
 * a faster one for the input of a convolution, and right ones for pooling, where tfjs' own are wrong at padded
 * borders (average) and for negative numbers (max). A missing kernel that a later tfjs brings itself is left alone.
 *
 * Importing `@thawjs/backends/wasm` calls it; to call it twice does no harm.
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
  for (const kernel of REPLACED) replaceKernel(kernel);
  for (const kernel of MISSING) if (!getKernel(kernel.kernelName, 'wasm')) registerKernel(kernel);
  return [...REPLACED, ...MISSING]
    .filter(({ kernelName, kernelFunc }) => getKernel(kernelName, 'wasm').kernelFunc === kernelFunc)
    .map(({ kernelName }) => kernelName);
}
