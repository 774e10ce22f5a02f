import type { KernelBackend, KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { poolingInfo } from './pooling-info';

/** One pooling window: the images' rows and columns that it covers, and where its channels lie in the output. */
export interface PoolWindow {
  /** Offsets of the covered pixels' first channels in the input; padding is not among them. */
  readonly pixels: readonly number[];
  /** Offset of the window's first channel in the output. */
  readonly output: number;
  readonly channels: number;
}

/**
 * A pooling gradient for a backend, as a plain loop over the windows: `spread` adds the gradient of one window, `dy`,
 * to the gradient of the pixels that it covers, `dx`. Pooling is a small part of a step, and this is exact.
 */
export function poolGradientKernel(
  kernelName: string,
  backendName: 'wasm' | 'cpu',
  spread: (window: PoolWindow, dy: Float32Array, dx: Float32Array, x: Float32Array) => void,
): KernelConfig {
  return {
    kernelName,
    backendName,
    kernelFunc({ inputs, attrs, backend }) {
      const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
      const storage = backend as KernelBackend;
      const read = ({ dataId }: TensorInfo) => storage.readSync(dataId) as Float32Array;
      const gradient = read(dy);
      const x = read(input);
      const dx = new Float32Array(x.length);
      for (const window of poolWindows(input.shape, attrs ?? {})) spread(window, gradient, dx, x);
      return { dataId: storage.write(dx, input.shape, 'float32'), shape: input.shape, dtype: 'float32' };
    },
  };
}

function* poolWindows(shape: readonly number[], attributes: NamedAttrMap): Generator<PoolWindow> {
  const info = poolingInfo(shape, attributes);
  const { inHeight, inWidth, inChannels: channels, padInfo } = info;
  let output = 0;
  for (let image = 0; image < info.batchSize; image++) {
    for (let row = 0; row < info.outHeight; row++) {
      const top = row * info.strideHeight - padInfo.top;
      for (let column = 0; column < info.outWidth; column++) {
        const left = column * info.strideWidth - padInfo.left;
        const pixels: number[] = [];
        for (let y = Math.max(0, top); y < Math.min(inHeight, top + info.filterHeight); y++) {
          for (let x = Math.max(0, left); x < Math.min(inWidth, left + info.filterWidth); x++) {
            pixels.push(((image * inHeight + y) * inWidth + x) * channels);
          }
        }
        yield { pixels, output, channels };
        output += channels;
      }
    }
  }
}
