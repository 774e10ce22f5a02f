import type { Options } from 'tsup';

type TsupPlugin = NonNullable<Options['plugins']>[number];

/**
 * Removes the paths of source files, which esbuild writes above and around each module, from the built code, because a
 * published file must not name a file that isn't published. Lines don't move, so source maps stay valid.
 */
export const withoutSourcePaths: TsupPlugin = {
  name: 'without-source-paths',
  renderChunk(code) {
    return {
      code: code
        .replaceAll(/^\/\/ (?:\.\.\/|src\/|node_modules\/).*$/gm, '//')
        .replaceAll(/^( *)"[^"\n]+"(\([\w, ]*\) \{)$/gm, '$1"module"$2'),
    };
  },
};
