import {
  getKernel,
  type KernelBackend,
  type KernelConfig,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { UnsupportedKernelError } from '../errors';

/** TensorFlow.js' names of the backends. 'tensorflow' is the native backend. */
export type TfjsBackend = 'webgpu' | 'webgl' | 'wasm' | 'cpu' | 'tensorflow';

/** Runs one of the backend's own kernels; the result is freed when the composed kernel ends. */
export type RunKernel = (
  kernel: string,
  inputs: Readonly<Record<string, TensorInfo>>,
  attributes?: NamedAttrMap,
) => TensorInfo;

/** The result of a composed kernel: one of the tensors that it computed, or undefined to run the backend's own kernel. */
type Compute = (
  run: RunKernel,
  inputs: Record<string, TensorInfo>,
  attributes: NamedAttrMap,
) => TensorInfo | undefined;

/**
 * A kernel that is computed by other kernels of a backend, and by the backend's own kernel of the same name if there is one.
 * `compute` returns one of the tensors that it made. All others are freed, also if it throws.
 */
export function composedKernel(kernelName: string, backendName: TfjsBackend, compute: Compute): KernelConfig {
  const own = getKernel(kernelName, backendName);
  return {
    kernelName,
    backendName,
    kernelFunc(args) {
      const { inputs, attrs, backend } = args;
      const made: TensorInfo[] = [];
      let result: TensorInfo | undefined;
      const run: RunKernel = (kernel, kernelInputs, attributes = {}) => {
        const config = kernel === kernelName ? own : kernelOf(kernel, backendName);
        const output = config.kernelFunc({ inputs: kernelInputs, attrs: attributes, backend }) as TensorInfo;
        made.push(output);
        return output;
      };
      try {
        result = compute(run, inputs as Record<string, TensorInfo>, attrs ?? {});
      } finally {
        for (const tensor of made) if (tensor !== result) free(tensor, backend as KernelBackend);
      }
      return result ?? own.kernelFunc(args);
    },
  };
}

function kernelOf(name: string, backendName: TfjsBackend): KernelConfig {
  const kernel = getKernel(name, backendName);
  if (!kernel) {
    throw new UnsupportedKernelError(
      `@thawjs/backends: backend "${backendName}" lacks its own kernel ${name}; is it of tfjs 4.22 or later?`,
    );
  }
  return kernel;
}

/** The native backend's kernels return tensors, which TensorFlow.js counts. Other backends' kernels return an id of data. */
function free(tensor: TensorInfo, backend: KernelBackend): void {
  if ('dispose' in tensor) (tensor as Tensor).dispose();
  else backend.disposeData(tensor.dataId);
}
