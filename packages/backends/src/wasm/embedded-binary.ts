/**
 * The bytes of a module of tfjs-backend-wasm, in a browser. A bundler moves scripts but no `.wasm` file that a script
 * looks for beside itself; a script that has the bytes in it is found under every bundler and from a CDN.
 *
 * The scripts with the bytes are loaded on use. They exist in the built package alone.
 *
 * @returns undefined in the workspace: there TensorFlow.js looks for the file itself
 */
export async function wasmBinary(
  kind: 'simd' | 'threaded-simd',
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { bytes } =
    kind === 'simd' ? await import('./embedded-simd') : await import('./embedded-threaded-simd');
  return bytes();
}
