import type { backend_util } from '@tensorflow/tfjs-core';
import type { Sizes } from '../ir';
import { FLOAT, type NodeAttributes } from '../node-writer';

/** TensorFlow's 'same' or 'valid', or explicit numbers of zeros. */
type Padding = 'same' | 'valid' | PaddedPixels;

export type PaddedPixels = readonly [top: number, bottom: number, left: number, right: number];

/** How the window of a convolution or pooling moves over a map [n, height, width, channels]. */
export interface Window {
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

/** A window as attributes of TensorFlow.js' convolution kernels. */
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

/** Explicit padding as the number of zeros before and after a map, per axis. */
export function zerosOf([top, bottom, left, right]: PaddedPixels): backend_util.ExplicitPadding {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

/** A window as attributes of TensorFlow's convolutions. Poolings take these too, and the window's size (`ksize`). */
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

/** The explicit padding that is equal to 'same'. */
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

/** Height and width of the result of moving a window of size `filter` over a map. */
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
