import type { Options } from 'tsup';
import { withoutSourcePaths } from './without-source-paths';

/**
 * The build of every package: ES modules, CommonJS and types for each entry. A package's own options override these.
 */
export function packageConfig({ dts = {}, ...options }: Options = {}): Options {
  return {
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    // These packages aren't published. Their declarations become part of each package's, as their code does.
    dts:
      typeof dts === 'object'
        ? { resolve: ['@thawjs/errors', /^@thawjs\/files/, '@thawjs/images'], ...dts }
        : dts,
    // Not the package's own tsconfig, which checks code for browsers without Node's types.
    tsconfig: '../../tsconfig.json',
    clean: true,
    sourcemap: true,
    target: 'es2022',
    shims: true,
    plugins: [withoutSourcePaths],
    ...options,
  };
}
