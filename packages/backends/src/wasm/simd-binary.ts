/**
 * The bytes of tfjs-backend-wasm's SIMD module, in Node. In the workspace they are read from `node_modules`; the build
 * replaces this function by one that has the bytes in it (tsup.config.ts). A bundler moves scripts but no `.wasm`
 * file that a script looks for beside itself, so that a program bundled for a server would find none.
 */
export function simdBinary(): Uint8Array<ArrayBuffer> | undefined {
  const { createRequire } = process.getBuiltinModule('node:module');
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const require = createRequire(import.meta.url);
  return Uint8Array.from(
    readFileSync(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')),
  );
}
