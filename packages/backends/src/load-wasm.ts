import { setBackend } from '@tensorflow/tfjs-core';

/** Makes wasm the backend, with the gradient kernels that it lacks; returns why it can't be, or undefined. */
export async function loadWasm(wasmPath?: string): Promise<string | undefined> {
  if (typeof WebAssembly !== 'object') return 'this runtime has no WebAssembly';
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const { registerWasmGradients } = await import('./wasm/register-wasm-gradients');
  registerWasmGradients();
  if (wasmPath !== undefined) wasm.setWasmPaths(wasmPath);
  const restore = rememberListeners();
  const isSet = await setBackend('wasm');
  restore();
  return isSet ? undefined : 'its .wasm file could not be loaded';
}

/**
 * The wasm module hooks into Node's uncaughtException and unhandledRejection, only to throw again, whereby Node prints
 * a minified file of 100 kB above every uncaught error of the program. Takes those hooks off.
 */
function rememberListeners(): () => void {
  if (typeof process === 'undefined' || typeof process.listeners !== 'function') return () => {};
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = new Set(events.flatMap((event) => process.listeners(event as 'uncaughtException')));
  return () => {
    for (const event of events) {
      for (const listener of process.listeners(event as 'uncaughtException')) {
        if (!before.has(listener)) process.off(event, listener);
      }
    }
  };
}
