import type { backend_util } from '@tensorflow/tfjs-core';
import type { Sizes } from '../ir';
import { FLOAT, type NodeAttributes } from '../node-writer';

/** What 'same' and 'valid' mean is TensorFlow's; pixels are counted top, bottom, left, right. */
type Padding = 'same' | 'valid' | PaddedPixels;

export type PaddedPixels = readonly [top: number, bottom: number, left: number, right: number];

/** How a convolution or a pooling moves over a map [n, height, width, channels]. */
export interface Window {
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

/** The window as the kernels of TensorFlow.js take it. */
export function kernelWindow({ strides, padding }: Window) {
  return {
    strides: [...strides],
    pad: kernelPadding(padding),
    dataFormat: 'NHWC',
    dilations: [1, 1],
  };
}

function kernelPadding(padding: Padding): 'same' | 'valid' | backend_util.ExplicitPadding {
  return typeof padding === 'string' ? padding : zerosOf(padding);
}

/** The zeros before and after, for each axis of a map. */
export function zerosOf([top, bottom, left, right]: PaddedPixels): backend_util.ExplicitPadding {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

/** The window as TensorFlow's convolutions take it; poolings too, with the size of it. */
export function windowAttributes({ strides, padding }: Window): NodeAttributes {
  const explicit = typeof padding !== 'string';
  return {
    ...FLOAT,
    strides: { ints: [1, ...strides, 1] },
    padding: { s: explicit ? 'EXPLICIT' : padding.toUpperCase() },
    ...(explicit ? { explicit_paddings: { ints: [0, 0, ...padding, 0, 0] } } : {}),
    data_format: { s: 'NHWC' },
  };
}

/** The zeros that 'same' stands for. */
export function samePadding(
  sizes: Sizes,
  filter: readonly [number, number],
  strides: readonly [number, number],
): PaddedPixels {
  const along = (axis: 0 | 1) => {
    const size = Number(sizes[axis + 1]);
    const reach = (Math.ceil(size / strides[axis]) - 1) * strides[axis] + filter[axis];
    const zeros = Math.max(reach - size, 0);
    return [Math.floor(zeros / 2), Math.ceil(zeros / 2)] as const;
  };
  return [...along(0), ...along(1)];
}

/** Height and width of what a window of the given size makes of a map. */
export function outputSizes(
  sizes: Sizes,
  filter: readonly [number, number],
  { strides, padding }: Window,
): [number, number] {
  const along = (axis: 0 | 1) => {
    const size = Number(sizes[axis + 1]);
    if (padding === 'same') return Math.ceil(size / strides[axis]);
    const added = padding === 'valid' ? 0 : padding[2 * axis] + padding[2 * axis + 1];
    return Math.floor((size + added - filter[axis]) / strides[axis]) + 1;
  };
  return [along(0), along(1)];
}
