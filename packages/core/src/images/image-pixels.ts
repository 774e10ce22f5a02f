import * as tf from '@tensorflow/tfjs-core';
import { ThawError } from '@thawjs/errors';
import { decodeBytes, type RgbImage, resizeBilinear } from '@thawjs/images';
import { NotAnImageError } from '../errors';
import { isDrawable, isPixelImage, rgbOfDrawn, rgbOfPixels } from './drawn-pixels';
import { type EncodedImage, encodedBytes, isEncodedImage, nameOf } from './encoded-bytes';
import { IMAGE_LIMITS, type ImageInput, type ImageLimits } from './image-input';
import { loadSharp } from './load-sharp';
import { type TensorPixels, tensorPixels } from './tensor-pixels';

/**
 * The RGB pixels of an image, resized to a network's input as `@thawjs/datasets` resizes images in training: bilinearly, the
 * whole image, whatever its shape.
 *
 * @returns bytes `[height, width, 3]`; floats for a tensor with fractions
 * @throws NotAnImageError, DownloadError, DecoderMissingError
 */
export async function imagePixels(
  image: ImageInput,
  size: readonly [height: number, width: number],
  limits: ImageLimits,
  signal?: AbortSignal,
): Promise<Uint8Array | Float32Array> {
  const checked = { ...IMAGE_LIMITS, ...limits };
  const { data, width, height } = await wholeImage(image, checked, signal);
  if (width * height > checked.pixels) throw tooMuch(checked, 'pixels', 'an image', `${width}×${height}`);
  const length = size[0] * size[1] * 3;
  return data instanceof Float32Array
    ? resizeBilinear({ data, width, height }, size, new Float32Array(length))
    : resizeBilinear({ data, width, height }, size, new Uint8Array(length));
}

async function wholeImage(
  image: ImageInput,
  limits: Required<ImageLimits>,
  signal: AbortSignal | undefined,
): Promise<RgbImage | TensorPixels> {
  if (isEncodedImage(image)) return decoded(image, limits, signal);
  if (image instanceof tf.Tensor) return tensorPixels(image);
  if (typeof image === 'object' && image !== null) {
    if (isDrawable(image)) return rgbOfDrawn(image);
    if (isPixelImage(image)) return rgbOfPixels(image);
  }
  throw new NotAnImageError(
    'classify: expected an image: a path, URL, File, Blob, the bytes of an image file, ImageData, an element of a page or a ' +
      `tensor [height, width, 3]; received ${described(image)}.`,
  );
}

async function decoded(
  image: EncodedImage,
  limits: Required<ImageLimits>,
  signal: AbortSignal | undefined,
): Promise<RgbImage> {
  const bytes = await encodedBytes(image, limits.bytes, signal);
  try {
    return await decodeBytes(bytes, {
      pixels: limits.pixels,
      seconds: limits.seconds,
      loadSharp,
      exceeded: (limit, found) => tooMuch(limits, limit, nameOf(image), found),
    });
  } catch (cause) {
    if (cause instanceof ThawError) throw cause;
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, ' ').trim();
    throw new NotAnImageError(
      `classify: expected an image in ${nameOf(image)}; it can't be decoded: ${reason}. Is the file whole, and a JPEG, PNG, ` +
        'WebP, GIF, AVIF or TIFF?',
      { cause },
    );
  }
}

function tooMuch(
  limits: Required<ImageLimits>,
  limit: 'pixels' | 'seconds',
  what: string,
  found: string,
): NotAnImageError {
  return new NotAnImageError(
    `classify: expected at most ${limits[limit].toLocaleString('en-US')} ${limit} for ${what}; received ${found}. If that ` +
      `is right, raise the limit: limits: { ${limit}: … }.`,
  );
}

function described(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  if ('batches' in value) return 'a data set: give it to predict';
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}, which has no width and height`;
  return `a ${value.constructor?.name ?? 'value without a class'}`;
}
