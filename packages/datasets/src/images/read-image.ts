import { ImageDecodeError } from '../errors';
import { decodeBytes, reasonOf } from './decode-image';
import type { ImageSource } from './image-source';
import type { RgbImage } from './rgb-image';

/**
 * Reads and decodes one image of a source.
 *
 * @param atLeast sides that are longer may be shrunk to these while the image is decoded
 * @throws {ImageDecodeError} it can't be read or decoded
 */
export async function readImage(
  source: ImageSource,
  index: number,
  id: string,
  atLeast?: readonly [height: number, width: number],
): Promise<RgbImage> {
  const bytes = await readBytes(source, index, id);
  try {
    return await decodeBytes(bytes, source.limits, { atLeast });
  } catch (error) {
    throw imageFault(source, index, id, 'decode', error);
  }
}

/**
 * Reads the encoded file of one image.
 *
 * @throws {ImageDecodeError} it can't be read, or is empty
 */
export async function readBytes(source: ImageSource, index: number, id: string): Promise<Uint8Array> {
  try {
    const bytes = await source.read(index);
    if (bytes.length === 0) throw new Error('the file is empty');
    return bytes;
  } catch (error) {
    throw imageFault(source, index, id, 'read', error);
  }
}

/** The error of an image that can't be read or decoded: its id, where it lies and the reason. */
export function imageFault(
  source: ImageSource,
  index: number,
  id: string,
  doing: 'read' | 'decode',
  reason: unknown,
): ImageDecodeError {
  return new ImageDecodeError(
    `image "${id}" (${source.locate(index)}): could not ${doing} it: ${reasonOf(reason)}. Fetch the file again, or leave its row out.`,
    id,
    reason,
  );
}
