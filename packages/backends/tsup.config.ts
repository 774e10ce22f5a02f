import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', wasm: 'src/wasm/index.ts', node: 'src/node.ts', cli: 'src/cli.ts' },
  format: ['esm', 'cjs'],
  dts: { entry: { index: 'src/index.ts', wasm: 'src/wasm/index.ts', node: 'src/node.ts' } },
  clean: true,
  sourcemap: true,
  target: 'es2022',
  shims: true,
});
