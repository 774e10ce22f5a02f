import { type JpegCodec, type SmallJpegDecoder, smallJpegDecoder } from '@thawjs/images';
import { nodeModules } from '../platform/node-modules';

/**
 * Loads the decoder of small JPEGs under Node.
 *
 * @param file the entry of `@cornerstonejs/codec-libjpeg-turbo-8bit`, if it is installed
 * @returns undefined if it isn't, or can't be loaded: sharp then decodes small JPEGs, too, which only takes longer
 */
export async function loadSmallJpegDecoder(file: string | undefined): Promise<SmallJpegDecoder | undefined> {
  if (file === undefined) return undefined;
  try {
    const load = nodeModules()!.module.createRequire(file)(file) as () => Promise<JpegCodec>;
    return smallJpegDecoder(await load());
  } catch {
    return undefined;
  }
}
