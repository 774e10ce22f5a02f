import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';
import { wasmBinary } from '#wasm-binary';

/** The address that tfjs-backend-wasm fetches instead of its files. */
const OWN = 'thaw:tfjs-backend-wasm.wasm';

/**
 * Runs what loads the wasm module with the bytes that this package carries. tfjs-backend-wasm takes no bytes,
 * only addresses, so the fetch of tfjs' platform answers one address with them meanwhile.
 *
 * @returns the result of `load`; undefined, without a call of `load`, if there are no such bytes
 */
export async function withOwnBinary<T>(load: () => Promise<T>): Promise<T | undefined> {
  const hasSimd = (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) as boolean;
  const hasThreads = (await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) as boolean;
  const bytes = hasSimd ? await wasmBinary(hasThreads ? 'threaded-simd' : 'simd') : undefined;
  if (!bytes) return undefined;
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
  try {
    return await load();
  } finally {
    platform.fetch = fetch;
    if (folder === undefined) delete globals.__dirname;
  }
}
