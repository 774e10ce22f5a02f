import { startFault, type WasmFault } from './wasm-fault';
import { wasmKind } from './with-binary';

/** Fetches the module that this browser can use from a folder; returns why it can't be used, or its bytes. */
export async function servedBinary(wasmPath: string): Promise<Uint8Array<ArrayBuffer> | WasmFault> {
  const folder = wasmPath.endsWith('/') ? wasmPath : `${wasmPath}/`;
  const url = `${folder}tfjs-backend-wasm${await wasmKind()}.wasm`;
  const fault = (what: string) => startFault(`${url} ${what}`);
  let response: Response;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    response = await fetch(url);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    return fault(`can't be fetched (${(error as Error).message})`);
  }
  if (!response.ok) return fault(`answers ${response.status}`);
  try {
    // Compiled here, because tfjs-backend-wasm waits for ever for a module that can't be compiled.
    await WebAssembly.compile(bytes);
    return bytes;
  } catch {
    return fault(`is no whole WebAssembly file (${response.headers.get('content-type')})`);
  }
}
