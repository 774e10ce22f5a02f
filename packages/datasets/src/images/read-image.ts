import { ImageDecodeError } from '../errors';
import { decodeImage } from './decode-image';
import type { ImageSource } from './image-source';
import type { RgbImage } from './rgb-image';

/**
 * Reads and decodes one image of a source.
 *
 * @throws {ImageDecodeError} it can't be read or decoded
 */
export async function readImage(source: ImageSource, index: number, id: string): Promise<RgbImage> {
  let doing = 'read';
  try {
    const bytes = await source.read(index);
    if (bytes.length === 0) throw new Error('the file is empty');
    doing = 'decode';
    return await decodeImage(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ').trim() : String(error);
    throw new ImageDecodeError(
      `image "${id}" (${source.locate(index)}): could not ${doing} it: ${reason}. Fetch the file again, or leave its row out.`,
      id,
      error,
    );
  }
}
