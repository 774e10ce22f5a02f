/**
 * The bytes of a module of tfjs-backend-wasm, in Node. In the workspace they are read from `node_modules`; the build
 * replaces this function by one that has the bytes in it (tsup.config.ts). A bundler moves scripts but no `.wasm`
 * file that a script looks for beside itself, so that a program bundled for a server would find none.
 */
export async function wasmBinary(
  kind: 'simd' | 'threaded-simd',
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  // tfjs-backend-wasm has no threads in Node.
  if (kind !== 'simd') return undefined;
  const { createRequire } = process.getBuiltinModule('node:module');
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const require = createRequire(import.meta.url);
  return Uint8Array.from(
    readFileSync(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')),
  );
}
