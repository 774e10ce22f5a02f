import type { BackendRefusal } from '../backend-refusal';
import { inNode } from '../in-node';

/** Why wasm can't be the backend, and what the user can do about it. */
export type WasmFault = Omit<BackendRefusal, 'name'>;

/** The smallest WebAssembly module: the format's name and its version. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Why this page may not compile WebAssembly; undefined if it may. tfjs-backend-wasm waits for ever for a module that may
 * not be compiled.
 */
export async function policyFault(): Promise<WasmFault | undefined> {
  if (typeof WebAssembly !== 'object') return startFault('this runtime has no WebAssembly');
  try {
    await WebAssembly.compile(EMPTY_MODULE);
    return undefined;
  } catch {
    return {
      reason: "the page's Content-Security-Policy forbids WebAssembly",
      remedy: "Add 'wasm-unsafe-eval' to its script-src.",
    };
  }
}

/** A fault of the module or of its start. */
export function startFault(reason: string): WasmFault {
  const remedy = inNode()
    ? 'Run npx thaw-backends doctor, which says more.'
    : 'Pass as wasmPath a folder on your server that has the .wasm files of the installed @tensorflow/tfjs-backend-wasm ' +
      '(dist/), or leave wasmPath out.';
  return { reason, remedy };
}
