import { checkPixels, type DecodeOptions } from './decode-options';
import type { RgbImage } from './rgb-image';
import { rgbOfGrey } from './rgb-of';
import type { Sharp, SharpImage } from './set-up-sharp';

/**
 * Decodes on libuv's threads, in one pass. The size is read separately only for the error message of an image that
 * exceeds a limit.
 *
 * @throws the error that `options.exceeded` makes for too many pixels or seconds
 */
export async function decodeWithSharp(
  bytes: Uint8Array,
  options: DecodeOptions,
  sharp: Sharp,
): Promise<RgbImage> {
  const { pixels, seconds, atLeast } = options;
  const open = (most: number | false) => sharp(bytes, { failOn: 'error', limitInputPixels: most });
  const whole = open(Number.isFinite(pixels) ? Math.floor(pixels) : false)
    .timeout({ seconds: Number.isFinite(seconds) ? Math.ceil(seconds) : 0 })
    .autoOrient()
    .removeAlpha()
    .toColourspace('srgb');
  const { data, info } = await (atLeast ? shrunk(whole, atLeast) : whole)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(async (error: Error) => {
      const isSlow = /timeout/.test(error.message);
      if (!isSlow && !/exceeds pixel limit/.test(error.message)) throw error;
      const { width, height } = await open(false).metadata();
      checkPixels(options, width, height);
      throw isSlow ? options.exceeded('seconds', `${width}×${height} pixels that took longer`) : error;
    });
  return { data: info.channels === 3 ? data : rgbOfGrey(data), width: info.width, height: info.height };
}

/** Shrinks each side that is longer than asked for, if the format allows it during decoding. */
function shrunk(image: SharpImage, [height, width]: readonly [height: number, width: number]): SharpImage {
  return image.resize({ width, height, fit: 'fill', kernel: 'linear', withoutEnlargement: true });
}
