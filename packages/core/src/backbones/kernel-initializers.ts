import { initializers } from '@tensorflow/tfjs-layers';

type Initializer = ReturnType<typeof initializers.zeros>;

/** The next kernel's initializer. */
export type KernelInitializers = () => Initializer;

/**
 * Initializers for one network's kernels: zeros where weights will be loaded (`seed` null), as there is no use
 * in drawing 23 million numbers to overwrite them; else Glorot uniform, as Keras has it, each kernel from a seed of its own.
 */
export function kernelInitializers(seed: number | null): KernelInitializers {
  if (seed === null) return () => initializers.zeros();
  let kernel = 0;
  return () => initializers.glorotUniform({ seed: seed * 1000 + kernel++ });
}
