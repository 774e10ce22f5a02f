import type { Options } from 'tsup';

type TsupPlugin = NonNullable<Options['plugins']>[number];

/**
 * Takes the paths of source files, which esbuild writes above and around each module, out of the built code: a published
 * file must not name a file that isn't published. No line moves, so source maps stay true.
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
