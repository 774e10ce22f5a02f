import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Replaces the modules that read tfjs' wasm modules from files by modules that contain the bytes: node-binary.ts for
 * Node, embedded-simd.ts and embedded-threaded-simd.ts for browsers.
 */
export const inlineWasmBinary: Plugin = {
  name: 'inline-wasm-binary',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node-binary\.ts$/ }, ({ path }) => {
      const bytes = `Uint8Array.from(Buffer.from('${base64(path, 'simd')}', 'base64'))`;
      const contents = `export async function wasmBinary(kind) { return kind === 'simd' ? ${bytes} : undefined; }`;
      return { contents, loader: 'js' };
    });
    onLoad({ filter: /[\\/]embedded-(threaded-)?simd\.ts$/ }, ({ path }) => {
      const kind = path.includes('threaded') ? 'threaded-simd' : 'simd';
      const bytes = `Uint8Array.from(atob('${base64(path, kind)}'), (one) => one.charCodeAt(0))`;
      return { contents: `export function bytes() { return ${bytes}; }`, loader: 'js' };
    });
  },
};

function base64(importer: string, kind: 'simd' | 'threaded-simd'): string {
  const file = `@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-${kind}.wasm`;
  return readFileSync(createRequire(importer).resolve(file), 'base64');
}
