import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', 'image-worker': 'src/pipeline/image-worker.ts' },
  format: ['esm', 'cjs'],
  dts: true,
  clean: true,
  sourcemap: true,
  target: 'es2022',
  shims: true,
});
