import { checkPixels, type DecodeOptions } from './decode-options';
import type { RgbImage } from './rgb-image';
import type { Sharp } from './set-up-sharp';

/**
 * Decodes on libuv's threads.
 *
 * @throws what `options.exceeded` makes of too many pixels or seconds
 */
export async function decodeWithSharp(
  bytes: Uint8Array,
  options: DecodeOptions,
  sharp: Sharp,
): Promise<RgbImage> {
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: false });
  const { width, height } = await image.metadata();
  checkPixels(options, width, height);
  const { data, info } = await image
    .timeout({ seconds: Number.isFinite(options.seconds) ? Math.ceil(options.seconds) : 0 })
    .autoOrient()
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((error: Error) => {
      if (!/timeout/.test(error.message)) throw error;
      throw options.exceeded('seconds', `${width}×${height} pixels that took longer`);
    });
  return { data: info.channels === 3 ? data : greyToRgb(data), width: info.width, height: info.height };
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const data = new Uint8Array(grey.length * 3);
  for (let i = 0, o = 0; i < grey.length; i++, o += 3) data.fill(grey[i], o, o + 3);
  return data;
}
