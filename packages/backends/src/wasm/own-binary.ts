import { wasmBinary } from '#wasm-binary';
import { wasmKind } from './with-binary';

/** The bytes of the module that this package carries; undefined if it carries none that can be used here. */
export async function ownBinary(): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const kind = await wasmKind();
  if (kind === '') return undefined;
  return wasmBinary(kind === '-simd' ? 'simd' : 'threaded-simd');
}
