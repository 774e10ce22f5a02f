import '@tensorflow/tfjs-backend-webgl';
import { dilatedGradients } from '../convolutions/dilated-gradients';
import { replaceKernel } from '../kernels/replace-kernel';
import { sharedAvgPoolGradient } from '../pooling/shared-avg-pool-gradient';

const KERNELS = [sharedAvgPoolGradient('webgl'), ...dilatedGradients('webgl')];

/** Replaces wrong gradients of TensorFlow.js on WebGL: of average pooling, and of dilated convolutions. */
export function registerGpuGradients(): void {
  for (const kernel of KERNELS) replaceKernel(kernel);
}
