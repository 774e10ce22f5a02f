/** The build replaces this function by one that has the bytes in it (tools/build/inline-wasm-binary.ts). */
export function bytes(): Uint8Array<ArrayBuffer> | undefined {
  return undefined;
}
