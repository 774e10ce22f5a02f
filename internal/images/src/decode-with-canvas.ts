import { checkPixels, type DecodeOptions } from './decode-options';
import type { RgbImage } from './rgb-image';
import { rgbOf } from './rgb-of';

/**
 * Decodes an image with the browser, in a page or in a worker.
 *
 * @throws the error that `options.exceeded` makes for too many pixels
 */
export async function decodeWithCanvas(bytes: Uint8Array, options: DecodeOptions): Promise<RgbImage> {
  const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
    imageOrientation: 'from-image',
    premultiplyAlpha: 'none',
  });
  const { width, height } = bitmap;
  try {
    checkPixels(options, width, height);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' })!;
    context.drawImage(bitmap, 0, 0);
    const { data: rgba } = context.getImageData(0, 0, width, height, { colorSpace: 'srgb' });
    return { data: rgbOf(rgba), width, height };
  } finally {
    bitmap.close();
  }
}
