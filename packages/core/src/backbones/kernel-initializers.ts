import { initializers } from '@tensorflow/tfjs-layers';

type Initializer = ReturnType<typeof initializers.zeros>;

/** The next kernel's initializer. */
export type KernelInitializers = () => Initializer;

/**
 * Initializers for the kernels of one network. If weights will be loaded (`seed` is null), zeros, so that no random numbers
 * are drawn in vain. Otherwise Glorot uniform, as in Keras, with another seed for each kernel.
 */
export function kernelInitializers(seed: number | null): KernelInitializers {
  if (seed === null) return () => initializers.zeros();
  let kernel = 0;
  return () => initializers.glorotUniform({ seed: seed * 1000 + kernel++ });
}
