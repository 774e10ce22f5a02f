import '@tensorflow/tfjs-backend-cpu';
import {
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
} from '@tensorflow/tfjs-core';
import { plainConvolution } from '../convolutions/plain-convolution';
import { replaceKernel } from '../kernels/replace-kernel';
import { avgPoolGradient } from '../pooling/avg-pool-gradient';

const KERNELS = [
  avgPoolGradient('cpu'),
  ...(
    [
      Conv2DBackpropInput,
      Conv2DBackpropFilter,
      DepthwiseConv2dNativeBackpropInput,
      DepthwiseConv2dNativeBackpropFilter,
    ] as const
  ).map((kernel) => plainConvolution(kernel, 'cpu', { dilations: true })),
];

/** Replaces wrong gradients of TensorFlow.js on cpu: of average pooling, and of dilated convolutions. */
export function registerCpuGradients(): void {
  for (const kernel of KERNELS) replaceKernel(kernel);
}
