import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

const SIMD_MODULE = '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';

/** Replaces the module simd-binary.ts, which reads tfjs' wasm module from a file, by one that has its bytes in it. */
export const inlineSimdBinary: Plugin = {
  name: 'inline-simd-binary',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]simd-binary\.ts$/ }, ({ path }) => {
      const text = readFileSync(createRequire(path).resolve(SIMD_MODULE), 'base64');
      const bytes = `Uint8Array.from(Buffer.from('${text}', 'base64'))`;
      return { contents: `export function simdBinary() { return ${bytes}; }`, loader: 'js' };
    });
  },
};
