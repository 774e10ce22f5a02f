import {
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  type DepthwiseConv2dNative,
  type DepthwiseConv2dNativeBackpropFilter,
  type DepthwiseConv2dNativeBackpropInput,
  FusedConv2D,
  type FusedDepthwiseConv2D,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { composedKernel, type RunKernel, type TfjsBackend } from '../kernels/composed-kernel';
import { crop, reshape, spread, subsample } from '../kernels/resample';
import { convolutionInfo } from './convolution-info';

/** A convolution kernel that doesn't support every window. */
type Kernel =
  | typeof Conv2D
  | typeof FusedConv2D
  | typeof Conv2DBackpropInput
  | typeof Conv2DBackpropFilter
  | typeof DepthwiseConv2dNative
  | typeof FusedDepthwiseConv2D
  | typeof DepthwiseConv2dNativeBackpropInput
  | typeof DepthwiseConv2dNativeBackpropFilter;

/** The windows that the kernel doesn't support. */
interface Unknown {
  /** Padding given by one number, which tfjs-node refuses, or by one number per side, which it takes only in `Conv2D`. */
  readonly padding?: readonly ('NUMBER' | 'EXPLICIT')[];
  /** Dilations above 1, which TensorFlow.js' gradients ignore: on cpu the results are silently wrong (seen on 4.22). */
  readonly dilations?: boolean;
}

const PLAIN: readonly Kernel[] = [Conv2D, FusedConv2D, Conv2DBackpropInput, Conv2DBackpropFilter];

type Pair = [vertical: number, horizontal: number];

const WHOLE = { top: 0, left: 0 };

/**
 * A convolution kernel for all windows. Windows that the backend's own kernel supports go to that kernel. For others, the
 * image is padded and the filter is dilated before the same kernel runs. This costs a pass over the image, and products
 * with the zeros in the dilated filter.
 */
export function plainConvolution(kernel: Kernel, backendName: TfjsBackend, unknown: Unknown): KernelConfig {
  const isDepthwise = !PLAIN.includes(kernel);
  return composedKernel(kernel, backendName, (run, inputs, attributes) => {
    if (attributes.dataFormat === 'NCHW') return undefined;
    // A forward kernel has both as inputs, a gradient kernel has one of the two shapes as an attribute.
    const { inputShape, filterShape } = attributes as { inputShape?: number[]; filterShape?: number[] };
    const imageShape = inputs.x?.shape ?? inputShape!;
    const placesShape = inputs.filter?.shape ?? filterShape!;
    const info = convolutionInfo(kernel, imageShape, placesShape, attributes, isDepthwise);
    const { top, bottom, left, right, type } = info.padInfo;
    const dilations: Pair = [info.dilationHeight, info.dilationWidth];
    const isDilated = unknown.dilations === true && Math.max(...dilations) > 1;
    const isPadded = unknown.padding?.some((padding) => padding === type) === true;
    if (!isPadded && !isDilated) return undefined;

    const padded = { height: info.inHeight + top + bottom, width: info.inWidth + left + right };
    const [height, width, channels, last] = placesShape as [number, number, number, number];
    const reach: Pair = isDilated ? [info.effectiveFilterHeight, info.effectiveFilterWidth] : [height, width];
    const plainInputs = { ...inputs };
    if (inputs.x) plainInputs.x = crop(run, inputs.x, { top: -top, left: -left }, padded);
    if (inputs.filter && isDilated) plainInputs.filter = dilate(run, inputs.filter, dilations, reach);
    const plainAttributes = { ...attributes, pad: 'valid', dilations: isDilated ? [1, 1] : dilations };
    const plain = (shapes: object) => run(kernel, plainInputs, { ...plainAttributes, ...shapes });

    if (inputShape) {
      const [batch, , , depth] = imageShape as [number, number, number, number];
      const gradient = plain({ inputShape: [batch, padded.height, padded.width, depth] });
      return crop(run, gradient, { top, left }, { height: info.inHeight, width: info.inWidth });
    }
    if (filterShape) {
      const gradient = plain({ filterShape: [...reach, channels, last] });
      return isDilated ? undilate(run, gradient, dilations, filterShape) : gradient;
    }
    return plain({});
  });
}

/** The filter with zeros between its places. The filter is treated as one image whose channels are its last two axes. */
function dilate(run: RunKernel, filter: TensorInfo, dilations: Pair, [height, width]: Pair): TensorInfo {
  const [rows, columns, channels, last] = filter.shape as [number, number, number, number];
  const places = spread(run, reshape(run, filter, [1, rows, columns, channels * last]), dilations);
  return reshape(run, crop(run, places, WHOLE, { height, width }), [height, width, channels, last]);
}

/** The inverse of a dilation: the places of a dilated filter without the numbers between them. */
function undilate(run: RunKernel, filter: TensorInfo, dilations: Pair, shape: number[]): TensorInfo {
  const [height, width, channels, last] = shape as [number, number, number, number];
  const places = reshape(run, filter, [1, filter.shape[0], filter.shape[1], channels * last]);
  return reshape(run, subsample(run, places, WHOLE, { height, width }, dilations), shape);
}
