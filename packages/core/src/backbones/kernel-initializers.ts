import { initializers } from '@tensorflow/tfjs-layers';

type Initializer = ReturnType<typeof initializers.zeros>;

/** A function that gives the initializer of the next kernel. */
export type KernelInitializers = () => Initializer;

/**
 * Initializers for the kernels of one network. If weights will be loaded (`seed` is null), they give zeros, because
 * random numbers would be overwritten. Otherwise they are Glorot uniform, as in Keras, with another seed for each
 * kernel.
 */
export function kernelInitializers(seed: number | null): KernelInitializers {
  if (seed === null) return () => initializers.zeros();
  let kernel = 0;
  return () => initializers.glorotUniform({ seed: seed * 1000 + kernel++ });
}
