import { type Limits, limitExceeded } from '../limits/limits';
import { checkPixels } from './check-pixels';
import type { RgbImage } from './rgb-image';

type Sharp = typeof import('sharp').default;
let loaded: Promise<Sharp> | undefined;

/** sharp, loaded when the first image is decoded; a dataset of labels alone never pays for it. */
export function loadSharp(): Promise<Sharp> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    // Many small images decode at once on libuv's threads, so threads within one image only get in the way,
    // and a cache of operations holds memory for images that are not asked for twice in a row.
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loaded;
}

/**
 * Decodes on libuv's threads.
 *
 * @throws {LimitExceededError} the image has too many pixels, or takes too long
 */
export async function decodeWithSharp(bytes: Uint8Array, limits: Required<Limits>): Promise<RgbImage> {
  const sharp = await loadSharp();
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: false });
  const { width, height } = await image.metadata();
  checkPixels(limits, width, height);
  const { data, info } = await image
    .timeout({ seconds: Number.isFinite(limits.seconds) ? Math.ceil(limits.seconds) : 0 })
    .autoOrient()
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((error: Error) => {
      if (!/timeout/.test(error.message)) throw error;
      throw limitExceeded(limits, 'seconds', 'decodeImage', `${width}×${height} pixels that took longer`);
    });
  return { data: info.channels === 3 ? data : greyToRgb(data), width: info.width, height: info.height };
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const data = new Uint8Array(grey.length * 3);
  for (let i = 0, o = 0; i < grey.length; i++, o += 3) data.fill(grey[i], o, o + 3);
  return data;
}
