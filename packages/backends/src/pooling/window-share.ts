import type { backend_util, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { RunKernel } from '../kernels/composed-kernel';
import { crop } from '../kernels/resample';

/** How much of each pooling window is image, from 0 to 1: [1, height, width, 1] of the output. The rest is padding. */
export function windowShare(
  run: RunKernel,
  { inHeight, inWidth, padInfo }: backend_util.Conv2DInfo,
  attributes: NamedAttrMap,
): TensorInfo {
  const { top, bottom, left, right } = padInfo;
  const ones = run('Fill', {}, { shape: [1, inHeight, inWidth, 1], value: 1, dtype: 'float32' });
  const size = { height: inHeight + top + bottom, width: inWidth + left + right };
  const x = crop(run, ones, { top: -top, left: -left }, size);
  return run('AvgPool', { x }, { ...attributes, pad: 'valid' });
}
