import type { Limits } from '../limits/limits';

/**
 * A source of encoded images by number: a folder, a zip, memory, the web.
 *
 * A source is opened once and shared by every dataset made from it; nothing is read before `read` is called, and
 * `read` may be called many times at once.
 */
export interface ImageSource {
  /** The encoded file of image `index`. */
  read(index: number): Promise<Uint8Array>;
  /** The path of image `index`, if the image is a file. A worker thread then reads the file. */
  path?(index: number): string | undefined;
  /**
   * A text that changes with the content of image `index`, such as a checksum. Not needed for images with a `path`,
   * whose files have times.
   */
  fingerprint?(index: number): string;
  /** Limits on one image that differ from the defaults. */
  readonly limits?: Limits;
  /** The place of image `index`, for error messages. */
  locate(index: number): string;
}
