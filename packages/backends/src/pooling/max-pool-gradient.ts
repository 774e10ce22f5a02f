import { type KernelConfig, MaxPoolGrad } from '@tensorflow/tfjs-core';
import { poolGradientKernel } from './pool-gradient-kernel';

/**
 * The gradient of max pooling, to the first pixel of a window that holds its maximum. The wasm backend's own takes
 * any window without a positive number for empty, and the gradient goes to a wrong pixel (seen on 4.22).
 */
export function maxPoolGradient(backendName: 'wasm' | 'cpu'): KernelConfig {
  return poolGradientKernel(MaxPoolGrad, backendName, ({ pixels, output, channels }, dy, dx, x) => {
    for (let c = 0; c < channels; c++) {
      let best = pixels[0];
      for (const pixel of pixels) if (x[pixel + c] > x[best + c]) best = pixel;
      if (best !== undefined) dx[best + c] += dy[output + c];
    }
  });
}
