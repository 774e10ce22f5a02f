import { dilatedGradients } from '../convolutions/dilated-gradients';
import { replaceKernel } from '../kernels/replace-kernel';
import { sharedAvgPoolGradient } from '../pooling/shared-avg-pool-gradient';
import type { GpuBackend } from './gpu-backend';

const registered = new Set<GpuBackend>();

/**
 * Replaces wrong gradients of TensorFlow.js on a graphics processor: of average pooling, and of dilated convolutions. The
 * backend must be imported. A second call does nothing, because a replaced gradient runs the backend's own kernel.
 */
export function registerGpuGradients(name: GpuBackend): void {
  if (registered.has(name)) return;
  registered.add(name);
  for (const kernel of [sharedAvgPoolGradient(name), ...dilatedGradients(name)]) replaceKernel(kernel);
}
