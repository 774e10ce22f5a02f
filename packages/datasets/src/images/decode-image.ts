import { availableParallelism } from 'node:os';
import type { RgbImage } from './rgb-image';

type Sharp = typeof import('sharp').default;
let loaded: Promise<Sharp> | undefined;

/** sharp, loaded when the first image is decoded; a dataset of labels alone never pays for it. */
function loadSharp(): Promise<Sharp> {
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
 * Decodes an encoded image to RGB bytes at its own size, off the main thread (sharp, Apache-2.0, on libvips).
 *
 * JPEG, PNG, WebP, GIF (first frame), AVIF and TIFF. EXIF orientation is applied, grey becomes three equal
 * channels, CMYK and colour profiles become sRGB, 16 bits become 8, and alpha is dropped, as Keras' `load_img`
 * does, not blended. Truncated data is an error.
 *
 * @throws {Error} libvips' reason, when the bytes are no image it can decode
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
export async function decodeImage(bytes: Uint8Array): Promise<RgbImage> {
  const sharp = await loadSharp();
  const { data, info } = await sharp(bytes, { failOn: 'error' })
    .autoOrient()
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data: info.channels === 3 ? data : greyToRgb(data), width: info.width, height: info.height };
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const data = new Uint8Array(grey.length * 3);
  for (let i = 0, o = 0; i < grey.length; i++, o += 3) data.fill(grey[i]!, o, o + 3);
  return data;
}

/** How many images it pays to decode at once: one more than the cores, which hides the reads. */
export function decodeConcurrency(): number {
  return Math.min(availableParallelism() + 1, 8);
}
