import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';

/** The address that tfjs-backend-wasm fetches instead of its files. */
const OWN = 'thaw:tfjs-backend-wasm.wasm';

/** The ending of the names of tfjs-backend-wasm's modules, by what the processor and the page allow. */
export type WasmKind = '' | '-simd' | '-threaded-simd';

/** The module that this browser or Node can use. */
export async function wasmKind(): Promise<WasmKind> {
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) return '';
  return (await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) ? '-threaded-simd' : '-simd';
}

/**
 * Runs what loads the wasm module with given bytes. tfjs-backend-wasm takes no bytes, only addresses, so the fetch of tfjs'
 * platform answers one address with them meanwhile.
 *
 * tfjs-backend-wasm waits for ever for a module that it can't instantiate, such as one of another version. This function
 * throws the error instead.
 */
export async function withBinary<T>(bytes: Uint8Array<ArrayBuffer>, load: () => Promise<T>): Promise<T> {
  const { platform } = env();
  const { fetch } = platform;
  platform.fetch = async (path, init) =>
    path === OWN ? new Response(bytes) : fetch.call(platform, path, init);
  const names = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);
  setWasmPaths(Object.fromEntries(names.map((name) => [name, OWN])), true);
  // The module's loader asks for its folder, which a bundled ES module doesn't have, and needs nothing of it here.
  const globals = globalThis as { __dirname?: string };
  const folder = globals.__dirname;
  globals.__dirname ??= '.';
  const unusable = watchInstantiation();
  try {
    return await Promise.race([load(), unusable.failure]);
  } finally {
    unusable.stopWatching();
    platform.fetch = fetch;
    if (folder === undefined) delete globals.__dirname;
  }
}

/** Rejects with the error of a module that can't be instantiated, which TensorFlow.js doesn't catch. */
function watchInstantiation(): { readonly failure: Promise<never>; stopWatching(): void } {
  const watching = new AbortController();
  const failure = new Promise<never>((_, reject) => {
    // Node has no such event; its module is of the package's own version.
    globalThis.addEventListener?.(
      'unhandledrejection',
      (event) => {
        const { reason } = event as PromiseRejectionEvent;
        if (isOfWebAssembly(reason)) reject(reason);
      },
      { signal: watching.signal },
    );
  });
  failure.catch(() => {});
  return { failure, stopWatching: () => watching.abort() };
}

function isOfWebAssembly(error: unknown): boolean {
  const { CompileError, LinkError, RuntimeError } = WebAssembly;
  if ([CompileError, LinkError, RuntimeError].some((kind) => error instanceof kind)) return true;
  return error instanceof TypeError && /WebAssembly|import object/i.test(error.message);
}
