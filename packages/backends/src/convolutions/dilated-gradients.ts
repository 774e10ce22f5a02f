import {
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  type KernelConfig,
} from '@tensorflow/tfjs-core';
import type { TfjsBackend } from '../kernels/composed-kernel';
import { plainConvolution } from './plain-convolution';

/** The gradients of convolutions, right for dilated ones, too, on a backend whose own ignore dilations. */
export function dilatedGradients(backendName: TfjsBackend): KernelConfig[] {
  const kernels = [
    Conv2DBackpropInput,
    Conv2DBackpropFilter,
    DepthwiseConv2dNativeBackpropInput,
    DepthwiseConv2dNativeBackpropFilter,
  ] as const;
  return kernels.map((kernel) => plainConvolution(kernel, backendName, { dilations: true }));
}
