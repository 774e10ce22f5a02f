import { findBackendFactory, setBackend } from '@tensorflow/tfjs-core';

/** Why a browser's wasm backend could not start, in words that hold for every browser. */
const NOT_LOADED = 'its .wasm file could not be loaded';

/**
 * Makes wasm the backend, with the gradient kernels that it lacks; returns why it can't be, or undefined.
 *
 * @param wasmPath the folder that serves the `.wasm` files to a browser; Node has them in this package
 */
export async function loadWasm(wasmPath?: string): Promise<string | undefined> {
  if (typeof WebAssembly !== 'object') return 'this runtime has no WebAssembly';
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const { registerWasmGradients } = await import('./wasm/register-wasm-gradients');
  const { withOwnBinary } = await import('./wasm/with-own-binary');
  const { withoutErrorHooks } = await import('./wasm/without-error-hooks');
  registerWasmGradients();
  const inNode = await withoutErrorHooks(() => withOwnBinary(() => setBackend('wasm')));
  if (inNode !== undefined) return inNode ? undefined : withoutErrorHooks(startFailure);
  if (wasmPath !== undefined) setWasmPaths(wasmPath);
  return (await setBackend('wasm')) ? undefined : NOT_LOADED;
}

/** tfjs says only that a backend could not start; starting it once more says why. */
async function startFailure(): Promise<string> {
  const { withOwnBinary } = await import('./wasm/with-own-binary');
  try {
    await withOwnBinary(async () => findBackendFactory('wasm')());
    return NOT_LOADED;
  } catch (error) {
    return `its module does not start (${(error as Error).message})`;
  }
}
