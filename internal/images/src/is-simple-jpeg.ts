import { imageFormat } from './image-format';
import { jpegHeader } from './jpeg-header';

/** Colours at full, half or quarter resolution, and grey, which has no other. libjpeg's versions differ in other samplings. */
const SAMPLINGS = ['1×1 1×1 1×1', '2×1 1×1 1×1', '2×2 1×1 1×1', '1×1', '2×2'];

/** A small image whose file is large has more scans than any camera writes. */
const MOST_BYTES = 2 ** 20;

/**
 * Whether every decoder made of libjpeg-turbo gives the pixels that sharp gives for a file: if it is a JPEG in grey or YCbCr,
 * without a colour profile, and upright.
 *
 * @param pixels the most pixels that it may have, width × height
 * @param atLeast sides that may not be longer
 */
export function isSimpleJpeg(
  bytes: Uint8Array,
  pixels: number,
  atLeast?: readonly [height: number, width: number],
): boolean {
  if (bytes.length > MOST_BYTES || imageFormat(bytes) !== 'JPEG') return false;
  const header = jpegHeader(bytes);
  if (!header?.isEightBit || header.isTurned || header.hasProfile) return false;
  const { width, height, sampling } = header;
  if (atLeast && (height > atLeast[0] || width > atLeast[1])) return false;
  return width * height <= pixels && SAMPLINGS.includes(sampling);
}
