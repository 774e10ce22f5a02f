import { DepthwiseConv2dNativeBackpropFilter, type TensorInfo } from '@tensorflow/tfjs-core';
import { convolutionInfo } from '../convolutions/convolution-info';
import { composedKernel } from '../kernels/composed-kernel';
import { crop, reshape, subsample } from '../kernels/resample';

/**
 * The gradient of a depthwise convolution to its filter, which the wasm backend lacks. For each place of the filter, it is
 * the sum, over images and positions, of the input at that place times the gradient.
 */
export const depthwiseBackpropFilter = composedKernel(
  DepthwiseConv2dNativeBackpropFilter,
  'wasm',
  (run, { x, dy }, attributes) => {
    const filterShape = attributes.filterShape as number[];
    const info = convolutionInfo(DepthwiseConv2dNativeBackpropFilter, x.shape, filterShape, attributes, true);
    const [, , channels, multiplier] = filterShape as [number, number, number, number];
    const positions = info.batchSize * info.outHeight * info.outWidth;
    const size = { height: info.outHeight, width: info.outWidth };
    const strides: [number, number] = [info.strideHeight, info.strideWidth];
    const gradient = reshape(run, dy, [positions, channels, multiplier]);
    // The input is padded once for all places of the filter.
    const padded = crop(
      run,
      x,
      { top: -info.padInfo.top, left: -info.padInfo.left },
      {
        height: info.outHeight * strides[0] + info.effectiveFilterHeight - 1,
        width: info.outWidth * strides[1] + info.effectiveFilterWidth - 1,
      },
    );
    const places: TensorInfo[] = [];
    for (let top = 0; top < info.filterHeight; top++) {
      for (let left = 0; left < info.filterWidth; left++) {
        const from = { top: top * info.dilationHeight, left: left * info.dilationWidth };
        const seen = reshape(run, subsample(run, padded, from, size, strides), [positions, channels, 1]);
        const product = run('Multiply', { a: seen, b: gradient });
        places.push(run('Sum', { x: product }, { axis: 0, keepDims: true }));
      }
    }
    const stacked = run('Concat', places as unknown as Record<string, TensorInfo>, { axis: 0 });
    return reshape(run, stacked, filterShape);
  },
);
