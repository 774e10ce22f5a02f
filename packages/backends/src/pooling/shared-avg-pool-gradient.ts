import { AvgPoolGrad, type KernelConfig } from '@tensorflow/tfjs-core';
import { composedKernel, type TfjsBackend } from '../kernels/composed-kernel';
import { poolingInfo } from './pooling-info';
import { windowShare } from './window-share';

/**
 * The gradient of average pooling, by the backend's own kernel. That divides by the whole window, though the forward
 * pass averages over the pixels that are not padding (seen on 4.22 with webgl and webgpu): so the incoming gradient is divided
 * by each window's share of pixels beforehand.
 */
export function sharedAvgPoolGradient(backendName: TfjsBackend): KernelConfig {
  return composedKernel(AvgPoolGrad, backendName, (run, { dy, input }, attributes) => {
    const info = poolingInfo(input.shape, attributes);
    const { top, bottom, left, right } = info.padInfo;
    if ([top, bottom, left, right].every((side) => side === 0)) return undefined;
    const whole = run('RealDiv', { a: dy, b: windowShare(run, info, attributes) });
    return run(AvgPoolGrad, { dy: whole, input }, attributes);
  });
}
