import { AvgPoolGrad, type KernelConfig } from '@tensorflow/tfjs-core';
import { poolGradientKernel } from './pool-gradient-kernel';

/**
 * The gradient of average pooling. tfjs divides by the whole window in the backward pass, though the forward pass
 * averages over the pixels that are not padding (seen on 4.22 with wasm and cpu; TensorFlow is right): with `same`
 * padding and an odd size the gradient at the border is up to four times too small.
 */
export function avgPoolGradient(backendName: 'wasm' | 'cpu'): KernelConfig {
  return poolGradientKernel(AvgPoolGrad, backendName, ({ pixels, output, channels }, dy, dx) => {
    for (const pixel of pixels) {
      for (let c = 0; c < channels; c++) dx[pixel + c] += dy[output + c] / pixels.length;
    }
  });
}
