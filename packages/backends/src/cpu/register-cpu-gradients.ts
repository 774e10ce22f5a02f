import '@tensorflow/tfjs-backend-cpu';
import { dilatedGradients } from '../convolutions/dilated-gradients';
import { replaceKernel } from '../kernels/replace-kernel';
import { avgPoolGradient } from '../pooling/avg-pool-gradient';

const KERNELS = [avgPoolGradient('cpu'), ...dilatedGradients('cpu')];

/** Replaces wrong gradients of TensorFlow.js on cpu: of average pooling, and of dilated convolutions. */
export function registerCpuGradients(): void {
  for (const kernel of KERNELS) replaceKernel(kernel);
}
