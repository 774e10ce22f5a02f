import { Conv2DBackpropFilter, type TensorInfo } from '@tensorflow/tfjs-core';
import { convolutionInfo } from '../convolutions/convolution-info';
import { composedKernel, type RunKernel } from '../kernels/composed-kernel';
import { crop, reshape, subsample } from '../kernels/resample';

/**
 * The gradient of a convolution to its filter, which the wasm backend lacks.
 *
 * This gradient is itself a convolution, which XNNPACK computes: the input with batch and channels exchanged, and the
 * gradient as the filter. Stride and dilation change places. A 1×1 filter needs one matrix product.
 */
export const conv2dBackpropFilter = composedKernel(
  Conv2DBackpropFilter,
  'wasm',
  (run, { x, dy }, attributes) => {
    const filterShape = attributes.filterShape as number[];
    const info = convolutionInfo(Conv2DBackpropFilter, x.shape, filterShape, attributes);
    const strides: [number, number] = [info.strideHeight, info.strideWidth];
    const from = { top: -info.padInfo.top, left: -info.padInfo.left };
    if (info.filterHeight === 1 && info.filterWidth === 1) {
      const seen = subsample(run, x, from, { height: info.outHeight, width: info.outWidth }, strides);
      return matrixProduct(run, seen, dy, filterShape);
    }
    const height = (info.outHeight - 1) * strides[0] + info.effectiveFilterHeight;
    const width = (info.outWidth - 1) * strides[1] + info.effectiveFilterWidth;
    const seen = crop(run, x, from, { height, width });
    const input = run('Transpose', { x: seen }, { perm: [3, 1, 2, 0] });
    const filter = run('Transpose', { x: dy }, { perm: [1, 2, 0, 3] });
    const gradient = run(
      'Conv2D',
      { x: input, filter },
      {
        strides: [info.dilationHeight, info.dilationWidth],
        pad: 'valid',
        dataFormat: 'NHWC',
        dilations: strides,
      },
    );
    return run('Transpose', { x: gradient }, { perm: [1, 2, 0, 3] });
  },
);

function matrixProduct(run: RunKernel, x: TensorInfo, dy: TensorInfo, shape: number[]): TensorInfo {
  const [, , channels, filters] = shape as [number, number, number, number];
  const positions = dy.shape[0] * dy.shape[1] * dy.shape[2];
  // Transposed beforehand: with its own transposeA the backend's BatchMatMul leaves XNNPACK for a plain loop.
  const a = run('Transpose', { x: reshape(run, x, [positions, channels]) }, { perm: [1, 0] });
  const product = run(
    'BatchMatMul',
    { a: reshape(run, a, [1, channels, positions]), b: reshape(run, dy, [1, positions, filters]) },
    { transposeA: false, transposeB: false },
  );
  return reshape(run, product, shape);
}
