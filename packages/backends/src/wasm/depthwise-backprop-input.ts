import { DepthwiseConv2dNativeBackpropInput } from '@tensorflow/tfjs-core';
import { convolutionInfo } from '../convolutions/convolution-info';
import { composedKernel } from '../kernels/composed-kernel';
import { crop, reshape, spread } from '../kernels/resample';

/**
 * The gradient of a depthwise convolution to its input, which the wasm backend lacks: the depthwise convolution of
 * the gradient, spread by the stride, with the filter turned round, summed over the outputs of each input channel.
 */
export const depthwiseBackpropInput = composedKernel(
  DepthwiseConv2dNativeBackpropInput,
  'wasm',
  (run, { dy, filter }, attributes) => {
    const inputShape = attributes.inputShape as number[];
    const info = convolutionInfo(
      DepthwiseConv2dNativeBackpropInput,
      inputShape,
      filter.shape,
      attributes,
      true,
    );
    const [height, width, channels, multiplier] = filter.shape as [number, number, number, number];
    const turned = run('Reverse', { x: filter }, { dims: [0, 1] });
    const kernel = reshape(run, turned, [height, width, channels * multiplier, 1]);
    // The pixels that the filter spans, without the first.
    const [down, right] = [info.effectiveFilterHeight - 1, info.effectiveFilterWidth - 1];
    const from = { top: info.padInfo.top - down, left: info.padInfo.left - right };
    const size = { height: info.inHeight + down, width: info.inWidth + right };
    const x = crop(run, spread(run, dy, [info.strideHeight, info.strideWidth]), from, size);
    const gradient = run(
      'DepthwiseConv2dNative',
      { x, filter: kernel },
      {
        strides: [1, 1],
        pad: 'valid',
        dataFormat: 'NHWC',
        dilations: [info.dilationHeight, info.dilationWidth],
      },
    );
    if (multiplier === 1) return gradient;
    const grouped = reshape(run, gradient, [...inputShape.slice(0, 3), channels, multiplier]);
    return reshape(run, run('Sum', { x: grouped }, { axis: 4, keepDims: false }), inputShape);
  },
);
