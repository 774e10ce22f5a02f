/** The stand-in outside of Node: browsers fetch the wasm module as a separate file, so bundles don't contain it. */
export function simdBinary(): Uint8Array<ArrayBuffer> | undefined {
  return undefined;
}
