import {
  getKernel,
  type KernelBackend,
  type KernelConfig,
  type NamedAttrMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** Runs one of the wasm backend's own kernels; the result is freed when the composed kernel ends. */
export type RunKernel = (
  kernel: string,
  inputs: Readonly<Record<string, TensorInfo>>,
  attributes?: NamedAttrMap,
) => TensorInfo;

/**
 * A kernel for the wasm backend made of its other kernels. `compute` returns one of the tensors that it ran; every
 * other one is freed, also when it throws.
 */
export function composedKernel(
  kernelName: string,
  compute: (run: RunKernel, inputs: Record<string, TensorInfo>, attributes: NamedAttrMap) => TensorInfo,
): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc({ inputs, attrs, backend }) {
      const made: TensorInfo[] = [];
      let result: TensorInfo | undefined;
      const run: RunKernel = (kernel, kernelInputs, attributes = {}) => {
        const output = kernelOf(kernel)({ inputs: kernelInputs, attrs: attributes, backend }) as TensorInfo;
        made.push(output);
        return output;
      };
      try {
        result = compute(run, inputs as Record<string, TensorInfo>, attrs ?? {});
        return result;
      } finally {
        for (const tensor of made)
          if (tensor !== result) (backend as KernelBackend).disposeData(tensor.dataId);
      }
    },
  };
}

function kernelOf(name: string): KernelConfig['kernelFunc'] {
  const kernel = getKernel(name, 'wasm');
  if (!kernel)
    throw new Error(
      `@thawjs/backends/wasm: the wasm backend lacks its own kernel ${name}; is it of tfjs 4.22 or later?`,
    );
  return kernel.kernelFunc;
}
