import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';

/** The geometry of a pooling, from the attributes of its kernel or of its gradient's. */
export function poolingInfo(shape: readonly number[], attributes: NamedAttrMap): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as {
    filterSize: number | [number, number];
    strides: number | [number, number];
    pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  const size = shape as [number, number, number, number];
  return backend_util.computePool2DInfo(size, filterSize, strides, 1, pad, dimRoundingMode);
}
