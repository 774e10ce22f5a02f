import type { DecodeOptions } from './decode-options';
import { isSimpleJpeg } from './is-simple-jpeg';
import type { RgbImage } from './rgb-image';
import { rgbOfGrey } from './rgb-of';

/** The part of the package `@cornerstonejs/codec-libjpeg-turbo-8bit` that is used. */
export interface JpegCodec {
  readonly JPEGDecoder: new () => {
    /** A buffer for the given number of bytes of a file. */
    getEncodedBuffer(length: number): Uint8Array;
    /** Throws a number if libjpeg-turbo reports an error or a warning. */
    decode(): void;
    /** A copy of the decoded bytes: RGB or grey. */
    getDecodedBuffer(): Uint8ClampedArray;
    getFrameInfo(): { readonly width: number; readonly height: number; readonly componentCount: number };
  };
}

/** See {@link smallJpegDecoder}. */
export type SmallJpegDecoder = (
  bytes: Uint8Array,
  options: Pick<DecodeOptions, 'pixels' | 'atLeast'>,
) => RgbImage | undefined;

/** Above this size, sharp is as fast, because it decodes larger images with SIMD. */
const MOST_PIXELS = 2 ** 18;
/**
 * A function that decodes small JPEGs on the calling thread, by libjpeg-turbo in WebAssembly.
 *
 * For small images, sharp spends more time on setting up libvips' pipeline than on decoding. Both decode by libjpeg-turbo,
 * with the accurate DCT and smooth upsampling, so the pixels are the same.
 *
 * The function returns undefined if sharp has to decode the image: larger images, images to shrink, other formats,
 * CMYK, images with an orientation or a colour profile, and damaged files, for which sharp has an error message.
 */
export function smallJpegDecoder(codec: JpegCodec): SmallJpegDecoder {
  const decoder = new codec.JPEGDecoder();
  return (bytes, { pixels, atLeast }) => {
    const most = Math.min(pixels, MOST_PIXELS);
    if (!isSimpleJpeg(bytes, most, atLeast)) return undefined;
    try {
      decoder.getEncodedBuffer(bytes.length).set(bytes);
      decoder.decode();
    } catch {
      return undefined;
    }
    const { width, height, componentCount } = decoder.getFrameInfo();
    const { buffer, byteOffset, length } = decoder.getDecodedBuffer();
    const data = new Uint8Array(buffer, byteOffset, length);
    return { data: componentCount === 1 ? rgbOfGrey(data) : data, width, height };
  };
}
