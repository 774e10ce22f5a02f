import { defineConfig } from 'tsup';
import { inlineWasmBinary } from '../../tools/build/inline-wasm-binary';
import { packageConfig } from '../../tools/build/package-config';

/** The package's own `imports`, which a condition chooses. */
const external = [/^#/];
const entries = { index: 'src/index.ts', wasm: 'src/wasm/index.ts', node: 'src/node.ts' };

export default defineConfig([
  packageConfig({
    entry: {
      ...entries,
      cli: 'src/cli.ts',
      native: 'src/native/load-native.ts',
      'no-native': 'src/no-native.ts',
      gpu: 'src/gpu/load-gpu.ts',
      'no-gpu': 'src/gpu/no-gpu.ts',
    },
    dts: { entry: entries },
    external,
    // The other builds run at the same time.
    clean: ['!node-binary.cjs', '!embedded-*'],
  }),
  // One file for import and require, as it has half a megabyte.
  packageConfig({
    entry: { 'node-binary': 'src/wasm/node-binary.ts' },
    format: ['cjs'],
    dts: false,
    sourcemap: false,
    clean: false,
    external,
    esbuildPlugins: [inlineWasmBinary],
  }),
  // Three files, of which browsers load the one that they need.
  packageConfig({
    entry: {
      'embedded-binary': 'src/wasm/embedded-binary.ts',
      'embedded-simd': 'src/wasm/embedded-simd.ts',
      'embedded-threaded-simd': 'src/wasm/embedded-threaded-simd.ts',
    },
    format: ['esm'],
    dts: false,
    sourcemap: false,
    clean: false,
    external,
    esbuildPlugins: [inlineWasmBinary],
  }),
]);
