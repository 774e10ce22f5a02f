import type { Limits } from '../limits/limits';
import { checkPixels } from './check-pixels';
import type { RgbImage } from './rgb-image';

/**
 * Decodes by the browser, in a page or in a worker.
 *
 * @throws {LimitExceededError} the image has too many pixels
 */
export async function decodeWithCanvas(bytes: Uint8Array, limits: Required<Limits>): Promise<RgbImage> {
  const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
    imageOrientation: 'from-image',
    premultiplyAlpha: 'none',
  });
  const { width, height } = bitmap;
  try {
    checkPixels(limits, width, height);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' })!;
    context.drawImage(bitmap, 0, 0);
    const { data: rgba } = context.getImageData(0, 0, width, height, { colorSpace: 'srgb' });
    const data = new Uint8Array(width * height * 3);
    for (let i = 0, o = 0; i < rgba.length; i += 4, o += 3) {
      data[o] = rgba[i];
      data[o + 1] = rgba[i + 1];
      data[o + 2] = rgba[i + 2];
    }
    return { data, width, height };
  } finally {
    bitmap.close();
  }
}
