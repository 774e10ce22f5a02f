import { StudioError } from '../project/studio-error';
import { whyUnreadable } from './why-unreadable';

/** A file that a browser can show, with the facts that the page needs of it. */
export interface ImageFile {
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  readonly thumbnail: Blob;
}

/** The longer side of a thumbnail in pixels, twice the size at which the page shows it. */
const THUMBNAIL = 320;
/** The most pixels of an image; Thaw's data sets have the same limit. */
const MOST_PIXELS = 2 ** 26;

/** The SHA-256 of a file as hexadecimal digits; on a page without https, which has none, another hash of the bytes. */
export async function hashOf(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  if (!crypto.subtle) return plainHash(new Uint8Array(bytes));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Two FNV-1a hashes of 32 bits with different starts, and the size. */
function plainHash(bytes: Uint8Array): string {
  let [a, b] = [0x811c9dc5, 0x7ee3623a];
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x01000193);
  }
  return [a >>> 0, b >>> 0, bytes.length].map((part) => part.toString(16)).join('-');
}

/**
 * Decodes an image and makes its thumbnail.
 *
 * @throws StudioError if the browser can't decode the file, or if it has too many pixels. The message is a part of a
 * sentence: "is damaged or no image …".
 */
export async function openImage(file: Blob): Promise<Omit<ImageFile, 'hash'>> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new StudioError(await whyUnreadable(file));
  }
  const { width, height } = bitmap;
  try {
    if (width * height > MOST_PIXELS) {
      throw new StudioError(`has ${width}×${height} pixels, which are too many; make it smaller`);
    }
    const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
    const size = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))] as const;
    const canvas = new OffscreenCanvas(...size);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, ...size);
    return { width, height, thumbnail: await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 }) };
  } finally {
    bitmap.close();
  }
}
