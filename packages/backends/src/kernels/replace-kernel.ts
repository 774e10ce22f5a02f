import { getKernel, type KernelConfig, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/** Registers a kernel, in place of the backend's own where it has one. */
export function replaceKernel(kernel: KernelConfig): void {
  if (getKernel(kernel.kernelName, kernel.backendName))
    unregisterKernel(kernel.kernelName, kernel.backendName);
  registerKernel(kernel);
}
