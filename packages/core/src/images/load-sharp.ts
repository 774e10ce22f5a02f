import { type Sharp, setUpSharp } from '@thawjs/images';
import { DecoderMissingError } from '../errors';
import { nodeModules } from '../platform/node';

let loaded: Sharp | undefined;

/**
 * sharp, which decodes images in Node, loaded when the first image is decoded. It is looked for from this package, then
 * from the running program. An `import('sharp')` would break bundles of programs that never decode.
 *
 * @throws DecoderMissingError
 */
export async function loadSharp(): Promise<Sharp> {
  if (loaded) return loaded;
  const { module, path, process, url } = nodeModules()!;
  const places = [import.meta.url, url.pathToFileURL(path.join(process.cwd(), 'package.json')).href];
  const failures: unknown[] = [];
  for (const place of places) {
    try {
      loaded = setUpSharp(module.createRequire(place)('sharp') as Sharp);
      return loaded;
    } catch (error) {
      failures.push(error);
    }
  }
  throw new DecoderMissingError(
    "classify: expected the package sharp, which decodes image files in Node; it can't be loaded here. Run: npm install sharp",
    { cause: new AggregateError(failures) },
  );
}
