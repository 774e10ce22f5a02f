import {
  type AvgPool,
  type AvgPoolGrad,
  type KernelConfig,
  MaxPool,
  MaxPoolGrad,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { composedKernel, type TfjsBackend } from '../kernels/composed-kernel';
import { crop } from '../kernels/resample';
import { poolingInfo } from './pooling-info';
import { windowShare } from './window-share';

type Kernel = typeof MaxPool | typeof MaxPoolGrad | typeof AvgPool | typeof AvgPoolGrad;

/**
 * A backend's own kernel of pooling, and for padding in numbers, which tfjs-node refuses, the same kernel on an image
 * that is padded beforehand: with what is never a maximum, or with zeros that the mean doesn't count.
 */
export function plainPooling(kernel: Kernel, backendName: TfjsBackend): KernelConfig {
  const isMax = kernel === MaxPool || kernel === MaxPoolGrad;
  return composedKernel(kernel, backendName, (run, inputs, attributes) => {
    const image = inputs.x ?? inputs.input;
    const info = poolingInfo(image.shape, attributes);
    const { top, bottom, left, right, type } = info.padInfo;
    if (type === 'SAME' || type === 'VALID') return undefined;

    const from = { top: -top, left: -left };
    const size = { height: info.inHeight + top + bottom, width: info.inWidth + left + right };
    const plain = { ...attributes, pad: 'valid' };
    const padded = crop(run, image, from, size, isMax ? Number.NEGATIVE_INFINITY : 0);
    // The mean is over the part of a window that is image.
    const overShare = (a: TensorInfo) =>
      isMax ? a : run('RealDiv', { a, b: windowShare(run, info, attributes) });

    if (inputs.x) return overShare(run(kernel, { x: padded }, plain));
    const gradient = run(kernel, { ...inputs, dy: overShare(inputs.dy), input: padded }, plain);
    return crop(run, gradient, { top, left }, { height: info.inHeight, width: info.inWidth });
  });
}
