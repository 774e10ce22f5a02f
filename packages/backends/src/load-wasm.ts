import { setBackend } from '@tensorflow/tfjs-core';

/** Makes wasm the backend, with the gradient kernels that it lacks; returns why it can't be, or undefined. */
export async function loadWasm(wasmPath?: string): Promise<string | undefined> {
  if (typeof WebAssembly !== 'object') return 'this runtime has no WebAssembly';
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const { registerWasmGradients } = await import('./wasm/register-wasm-gradients');
  const { withoutErrorHooks } = await import('./wasm/without-error-hooks');
  registerWasmGradients();
  if (wasmPath !== undefined) setWasmPaths(wasmPath);
  const isSet = await withoutErrorHooks(() => setBackend('wasm'));
  return isSet ? undefined : 'its .wasm file could not be loaded';
}
