import type { Options } from 'tsup';
import { withoutSourcePaths } from './without-source-paths';

/** How every package is built: ES modules, CommonJS and types for each entry. Options of a package's own come last. */
export function packageConfig({ dts = {}, ...options }: Options = {}): Options {
  return {
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    // These aren't published: their declarations become part of each package's, as their code does.
    dts: typeof dts === 'object' ? { resolve: ['@thawjs/errors', '@thawjs/images'], ...dts } : dts,
    // Not the package's own, which checks what browsers run without Node's types.
    tsconfig: '../../tsconfig.json',
    clean: true,
    sourcemap: true,
    target: 'es2022',
    shims: true,
    plugins: [withoutSourcePaths],
    ...options,
  };
}
