import { setBackend } from '@tensorflow/tfjs-core';
import { inNode } from './in-node';
import { startFailure } from './start-failure';

/**
 * Makes wasm the backend, with the gradient kernels that it lacks; returns why it can't be, or undefined.
 *
 * @param wasmPath the folder that serves the `.wasm` files to a browser, instead of those in this package; Node ignores it
 * @param log receives the reason why there are no threads, if a browser would have them
 */
export async function loadWasm(
  wasmPath?: string,
  log: (line: string) => void = () => {},
): Promise<string | undefined> {
  if (typeof WebAssembly !== 'object') return 'this runtime has no WebAssembly';
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const { registerWasmGradients } = await import('./wasm/register-wasm-gradients');
  const { withOwnBinary } = await import('./wasm/with-own-binary');
  const { withoutErrorHooks } = await import('./wasm/without-error-hooks');
  const { threadsOrNone } = await import('./wasm/threads-or-none');
  registerWasmGradients();
  const load = async () => {
    if (wasmPath === undefined || inNode()) {
      const own = await withoutErrorHooks(() => withOwnBinary(start));
      if (own) return own.fault;
    } else {
      setWasmPaths(wasmPath);
    }
    return (await setBackend('wasm')) ? undefined : 'its .wasm file could not be loaded';
  };
  return inNode() ? load() : threadsOrNone(load, log);
}

async function start(): Promise<{ readonly fault?: string }> {
  if (await setBackend('wasm')) return {};
  return { fault: `its module does not start (${await startFailure('wasm')})` };
}
