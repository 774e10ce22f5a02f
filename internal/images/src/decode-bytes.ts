import type { DecodeOptions } from './decode-options';
import { decodeWithCanvas } from './decode-with-canvas';
import { imageFormat } from './image-format';
import type { RgbImage } from './rgb-image';

/** Undefined in a browser. */
declare const process: { readonly getBuiltinModule?: unknown } | undefined;

/**
 * Decodes an encoded image to RGB bytes at its own size. Under Node, sharp decodes on other threads, or
 * `options.smallJpegs` on the calling thread. In a browser, the browser decodes.
 *
 * @throws the error that `options.exceeded` makes, or the decoder's own error
 */
export async function decodeBytes(bytes: Uint8Array, options: DecodeOptions): Promise<RgbImage> {
  if (!imageFormat(bytes)) {
    throw new Error(
      'unsupported image format: expected JPEG, PNG, WebP, GIF, AVIF or TIFF, by the first bytes of the file',
    );
  }
  const isNode = typeof process !== 'undefined' && typeof process.getBuiltinModule === 'function';
  if (!isNode) return decodeWithCanvas(bytes, options);
  const small = options.smallJpegs?.(bytes, options);
  if (small) return small;
  // Imported dynamically, so that a browser doesn't load it.
  const { decodeWithSharp } = await import('./decode-with-sharp');
  return decodeWithSharp(bytes, options, await options.loadSharp());
}
