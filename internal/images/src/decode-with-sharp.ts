import { checkPixels, type DecodeOptions } from './decode-options';
import { imageSize } from './image-size';
import { pixelGate } from './pixel-gate';
import type { RgbImage } from './rgb-image';
import { rgbOfGrey } from './rgb-of';
import type { Sharp, SharpImage } from './set-up-sharp';

/**
 * So many pixels are decoded at once: a decoder takes 10 to 20 bytes for each, and a file of a few kilobytes may have 67
 * million of them.
 */
const gate = pixelGate(2 ** 26);

/**
 * Decodes on libuv's threads, in one pass. If the images that are being decoded have many pixels, an image waits for them.
 *
 * @throws the error that `options.exceeded` makes for too many pixels or seconds
 */
export async function decodeWithSharp(
  bytes: Uint8Array,
  options: DecodeOptions,
  sharp: Sharp,
): Promise<RgbImage> {
  const open = (most: number | false) => sharp(bytes, { failOn: 'error', limitInputPixels: most });
  // A damaged file has no size; decoding tells what is wrong with it.
  const { width, height } =
    imageSize(bytes) ??
    (await open(false)
      .metadata()
      .catch(() => ({ width: 0, height: 0 })));
  return gate(Math.min(width * height, options.pixels), () => decoded(open, options));
}

async function decoded(
  open: (most: number | false) => SharpImage,
  options: DecodeOptions,
): Promise<RgbImage> {
  const { pixels, seconds, atLeast } = options;
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
