import { ThawError } from '@thawjs/errors';
import { type DecodeOptions, decodeBytes as decode } from '@thawjs/images';
import { ImageDecodeError } from '../errors';
import { checkedLimits, type Limits, limitExceeded } from '../limits/limits';
import { loadSharp } from './load-sharp';
import type { RgbImage } from './rgb-image';

/**
 * Decodes an encoded image to RGB bytes at its own size, off the calling thread.
 *
 * Under Node by sharp (Apache-2.0, on libvips): JPEG, PNG, WebP, GIF (first frame), AVIF and TIFF; in a browser by the
 * browser, which knows all of these but TIFF. Other formats, SVG among them, are refused. EXIF orientation is applied, grey
 * becomes three equal channels, CMYK and colour profiles become sRGB, 16 bits become 8, and alpha is dropped, as Keras'
 * `load_img` does, not blended (a browser's canvas forgets the colour of wholly transparent pixels, which come out black
 * there). Truncated data is an error under Node; browsers show what there is.
 *
 * @param limits `pixels` and, under Node, `seconds` that the image may take
 * @throws {LimitExceededError} the image has more pixels than `limits.pixels`, or takes longer than `limits.seconds`
 * @throws {ImageDecodeError} the bytes are of no known format, or damaged; the error's `id` is empty
 *
 * @example
 * ```ts
 * import { decodeImage } from '@thawjs/datasets';
 * import sharp from 'sharp';
 *
 * const red = { width: 2, height: 1, channels: 3, background: '#ff0000' } as const;
 * const { data, width, height } = await decodeImage(await sharp({ create: red }).png().toBuffer());
 * console.log(width, height, [...data]); // 2 1 [ 255, 0, 0, 255, 0, 0 ]
 * ```
 */
export async function decodeImage(bytes: Uint8Array, limits?: Limits): Promise<RgbImage> {
  try {
    return await decodeBytes(bytes, limits);
  } catch (error) {
    if (error instanceof ThawError) throw error;
    throw new ImageDecodeError(
      `decodeImage: could not decode the image: ${reasonOf(error)}. Fetch the file again.`,
      '',
      error,
    );
  }
}

/**
 * Decodes as {@link decodeImage} does, but rejects with the decoder's own error. Callers add the name of the image.
 * @param how `atLeast`: longer sides may be shrunk to these while the image is decoded; `smallJpegs`: decodes small
 *   JPEGs
 */
export async function decodeBytes(
  bytes: Uint8Array,
  limits?: Limits,
  how: Pick<DecodeOptions, 'atLeast' | 'smallJpegs'> = {},
): Promise<RgbImage> {
  const checked = checkedLimits('decodeImage', limits);
  return decode(bytes, {
    pixels: checked.pixels,
    seconds: checked.seconds,
    ...how,
    loadSharp,
    exceeded: (limit, found) => limitExceeded(checked, limit, 'decodeImage', found),
  });
}

/** A decoder's or file system's reason, in one line. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
}
