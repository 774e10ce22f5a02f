import '@tensorflow/tfjs-backend-webgpu';
import { dilatedGradients } from '../convolutions/dilated-gradients';
import { replaceKernel } from '../kernels/replace-kernel';
import { sharedAvgPoolGradient } from '../pooling/shared-avg-pool-gradient';

const KERNELS = [sharedAvgPoolGradient('webgpu'), ...dilatedGradients('webgpu')];

/** Replaces wrong gradients of TensorFlow.js on WebGPU: of average pooling, and of dilated convolutions. */
export function registerGpuGradients(): void {
  for (const kernel of KERNELS) replaceKernel(kernel);
}
