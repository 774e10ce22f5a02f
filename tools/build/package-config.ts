import type { Options } from 'tsup';
import { withoutSourcePaths } from './without-source-paths';

/** How every package is built: ES modules, CommonJS and types for each entry. Options of a package's own come last. */
export function packageConfig(options: Options = {}): Options {
  return {
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    dts: true,
    clean: true,
    sourcemap: true,
    target: 'es2022',
    shims: true,
    plugins: [withoutSourcePaths],
    ...options,
  };
}
