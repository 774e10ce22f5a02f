import type { KernelBackend } from '@tensorflow/tfjs-core';

/** Parts of tfjs-node's backend that its type declarations hide. */
export interface NativeBackend extends KernelBackend {
  readonly binding: { readonly TF_Version: string };
  /** Gives tensors that are still JavaScript arrays to TensorFlow, and returns TensorFlow's numbers of the tensors. */
  getInputTensorIds(tensors: readonly { readonly dataId: object }[]): number[];
}

/** TensorFlow's version. */
export function tensorflowVersion(backend: KernelBackend): string {
  return (backend as NativeBackend).binding.TF_Version;
}
