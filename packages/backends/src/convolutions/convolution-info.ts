import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';
import { UnsupportedKernelError } from '../errors';

type Shape4D = [number, number, number, number];

/** The geometry of the convolution whose gradient is asked for, from the attributes of its gradient kernel. */
export function convolutionInfo(
  kernel: string,
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: NamedAttrMap,
  isDepthwise = false,
): backend_util.Conv2DInfo {
  const { strides, pad, dataFormat, dilations, dimRoundingMode } = attributes as unknown as {
    strides: number | [number, number];
    pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
    dataFormat?: 'NHWC' | 'NCHW';
    dilations?: number | [number, number];
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  if (dataFormat === 'NCHW') {
    throw new UnsupportedKernelError(
      `${kernel}: this gradient is known for NHWC convolutions only; received NCHW. Transpose the images.`,
    );
  }
  return backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    isDepthwise,
  );
}
