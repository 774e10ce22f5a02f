import { imageFormat } from './image-format';
import { jpegHeader } from './jpeg-header';

/**
 * The chroma samplings at full, half and quarter resolution, and grey, which has no chroma. Versions of libjpeg differ
 * in other samplings.
 */
const SAMPLINGS = ['1×1 1×1 1×1', '2×1 1×1 1×1', '2×2 1×1 1×1', '1×1', '2×2'];

/** The most bytes of a simple JPEG. A larger file of a small image has more scans than any camera writes. */
export const MOST_SIMPLE_BYTES = 2 ** 20;

/**
 * Whether all decoders based on libjpeg-turbo give the same pixels as sharp for a file. They do for an upright JPEG in
 * grey or YCbCr without a colour profile.
 *
 * @param pixels the most pixels of the image, width × height
 * @param atLeast the longest allowed sides
 */
export function isSimpleJpeg(
  bytes: Uint8Array,
  pixels: number,
  atLeast?: readonly [height: number, width: number],
): boolean {
  if (bytes.length > MOST_SIMPLE_BYTES || imageFormat(bytes) !== 'JPEG') return false;
  const header = jpegHeader(bytes);
  if (!header?.isEightBit || header.isTurned || header.hasProfile) return false;
  const { width, height, sampling } = header;
  if (atLeast && (height > atLeast[0] || width > atLeast[1])) return false;
  return width * height <= pixels && SAMPLINGS.includes(sampling);
}
