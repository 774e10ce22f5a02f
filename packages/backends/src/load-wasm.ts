import { setBackend } from '@tensorflow/tfjs-core';
import { inNode } from './in-node';
import { startFailure } from './start-failure';
import { policyFault, startFault, type WasmFault } from './wasm/wasm-fault';

/**
 * Makes wasm the backend, with the gradient kernels that it lacks; returns why it can't be, or undefined.
 *
 * @param wasmPath the folder that serves the `.wasm` files to a browser, instead of those in this package; Node ignores it
 * @param log receives the reason why there are no threads, if a browser would have them
 */
export async function loadWasm(
  wasmPath?: string,
  log: (line: string) => void = () => {},
): Promise<WasmFault | undefined> {
  const forbidden = await policyFault();
  if (forbidden) return forbidden;
  // Its package.json calls its CommonJS build free of side effects, so a bundler drops an import that takes nothing from it.
  await import('@tensorflow/tfjs-backend-wasm');
  const { registerWasmGradients } = await import('./wasm/register-wasm-gradients');
  const { withoutErrorHooks } = await import('./wasm/without-error-hooks');
  const { threadsOrNone } = await import('./wasm/threads-or-none');
  registerWasmGradients();
  if (inNode()) return withoutErrorHooks(() => startWasm());
  return threadsOrNone(() => startWasm(wasmPath), log);
}

async function startWasm(wasmPath?: string): Promise<WasmFault | undefined> {
  const { ownBinary } = await import('./wasm/own-binary');
  const { servedBinary } = await import('./wasm/served-binary');
  const { withBinary } = await import('./wasm/with-binary');
  const binary = wasmPath === undefined ? await ownBinary() : await servedBinary(wasmPath);
  if (binary && 'reason' in binary) return binary;
  try {
    const started = await (binary ? withBinary(binary, () => setBackend('wasm')) : setBackend('wasm'));
    return started ? undefined : startFault(`its module does not start (${await startFailure('wasm')})`);
  } catch (error) {
    return startFault(`its module does not start (${(error as Error).message})`);
  }
}
