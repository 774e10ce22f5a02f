import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { RunKernel } from './composed-kernel';

/**
 * Every `stride`-th row and column of an image batch, `height` × `width` of them, from row `top` and column `left` on.
 * By rank-2 slices: the backend's StridedSlice is a plain loop, thirty times slower.
 */
export function subsample(
  run: RunKernel,
  x: TensorInfo,
  from: { readonly top: number; readonly left: number },
  size: { readonly height: number; readonly width: number },
  stride: readonly [vertical: number, horizontal: number],
): TensorInfo {
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const rows = size.height * stride[0];
  const columns = size.width * stride[1];
  const window = crop(run, x, from, { height: rows, width: columns });
  const byRow = thin(run, window, batch * size.height, stride[0], columns * channels);
  const byColumn = thin(run, byRow, batch * size.height * size.width, stride[1], channels);
  return reshape(run, byColumn, [batch, size.height, size.width, channels]);
}

/** The inverse: puts `stride - 1` zeros after every row and column. */
export function spread(
  run: RunKernel,
  x: TensorInfo,
  stride: readonly [vertical: number, horizontal: number],
): TensorInfo {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const byColumn = thicken(run, x, batch * height * width, stride[1], channels);
  const byRow = thicken(run, byColumn, batch * height, stride[0], width * stride[1] * channels);
  return reshape(run, byRow, [batch, height * stride[0], width * stride[1], channels]);
}

/** A window of an image batch that may reach past its edges, where it holds `filling`. */
export function crop(
  run: RunKernel,
  x: TensorInfo,
  from: { readonly top: number; readonly left: number },
  size: { readonly height: number; readonly width: number },
  filling = 0,
): TensorInfo {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const begin = [0, Math.max(0, from.top), Math.max(0, from.left), 0];
  const end = [
    batch,
    Math.min(height, from.top + size.height),
    Math.min(width, from.left + size.width),
    channels,
  ];
  const kept = end.map((stop, axis) => stop - begin[axis]);
  const isWhole = kept.every((length, axis) => length === x.shape[axis]);
  const inside = isWhole ? x : run('Slice', { x }, { begin, size: kept });
  const before = [0, Math.max(0, -from.top), Math.max(0, -from.left), 0];
  const after = [0, size.height - kept[1] - before[1], size.width - kept[2] - before[2], 0];
  if ([...before, ...after].every((zeros) => zeros === 0)) return inside;
  const paddings = before.map((zeros, axis) => [zeros, after[axis]]);
  return run('PadV2', { x: inside }, { paddings, constantValue: filling });
}

export function reshape(run: RunKernel, x: TensorInfo, shape: number[]): TensorInfo {
  return run('Reshape', { x }, { shape });
}

function thin(run: RunKernel, x: TensorInfo, groups: number, stride: number, length: number): TensorInfo {
  if (stride === 1) return x;
  const rows = reshape(run, x, [groups, stride * length]);
  return run('Slice', { x: rows }, { begin: [0, 0], size: [groups, length] });
}

function thicken(run: RunKernel, x: TensorInfo, groups: number, stride: number, length: number): TensorInfo {
  if (stride === 1) return x;
  const rows = reshape(run, x, [groups, length]);
  const paddings = [
    [0, 0],
    [0, (stride - 1) * length],
  ];
  return run('PadV2', { x: rows }, { paddings, constantValue: 0 });
}
