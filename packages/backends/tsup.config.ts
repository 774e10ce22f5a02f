import { defineConfig } from 'tsup';
import { inlineSimdBinary } from '../../tools/build/inline-simd-binary';
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
      'no-simd-binary': 'src/wasm/no-simd-binary.ts',
    },
    dts: { entry: entries },
    external,
    // The other build runs at the same time.
    clean: ['!simd-binary.cjs'],
  }),
  // One file for import and require, as it has half a megabyte.
  packageConfig({
    entry: { 'simd-binary': 'src/wasm/simd-binary.ts' },
    format: ['cjs'],
    dts: false,
    sourcemap: false,
    clean: false,
    external,
    esbuildPlugins: [inlineSimdBinary],
  }),
]);
