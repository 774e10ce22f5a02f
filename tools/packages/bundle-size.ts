import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Bytes, minified and gzipped, of `export { names } from 'package'` (of all where no names are given). */
export async function bundleSize(
  folder: string,
  packageName: string,
  names?: readonly string[],
): Promise<number> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export ${names ? `{ ${names.join(', ')} }` : '*'} from '${packageName}';`,
      resolveDir: folder,
    },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}
