import {
  AvgPool,
  AvgPoolGrad,
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNative,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  FusedConv2D,
  FusedDepthwiseConv2D,
  MaxPool,
  MaxPoolGrad,
} from '@tensorflow/tfjs-core';
import { plainConvolution } from '../convolutions/plain-convolution';
import { replaceKernel } from '../kernels/replace-kernel';
import { plainPooling } from '../pooling/plain-pooling';

const FORWARD = [Conv2D, FusedConv2D] as const;
const CONVOLUTIONS = [
  Conv2DBackpropInput,
  Conv2DBackpropFilter,
  DepthwiseConv2dNative,
  FusedDepthwiseConv2D,
  DepthwiseConv2dNativeBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
] as const;
const POOLINGS = [MaxPool, MaxPoolGrad, AvgPool, AvgPoolGrad] as const;

let isRegistered = false;

/**
 * Wraps kernels of tfjs-node, so that they support padding in numbers and dilations. TensorFlow has no dilations in
 * depthwise convolutions on a processor, and tfjs-node ignores dilations in gradients. tfjs-node must be loaded.
 */
export function registerNativeKernels(): void {
  if (isRegistered) return;
  for (const kernel of FORWARD)
    replaceKernel(plainConvolution(kernel, 'tensorflow', { padding: ['NUMBER'] }));
  const unknown = { padding: ['NUMBER', 'EXPLICIT'], dilations: true } as const;
  for (const kernel of CONVOLUTIONS) replaceKernel(plainConvolution(kernel, 'tensorflow', unknown));
  for (const kernel of POOLINGS) replaceKernel(plainPooling(kernel, 'tensorflow'));
  isRegistered = true;
}
