import type { Limits } from '../limits/limits';

/**
 * Where encoded images come from, by number: a folder, a zip, memory, the web.
 *
 * A source is opened once and shared by every dataset made from it; nothing is read before `read` is called, and
 * `read` may be called many times at once.
 */
export interface ImageSource {
  /** The encoded file of image `index`. */
  read(index: number): Promise<Uint8Array>;
  /** The path of image `index` where it is a file of its own; a worker thread then reads it by itself. */
  path?(index: number): string | undefined;
  /** What changes with the content of image `index`, such as a checksum; where there is a `path`, the file's times do. */
  fingerprint?(index: number): string;
  /** What one image may cost, where the defaults don't do. */
  readonly limits?: Limits;
  /** Where image `index` lies, for messages. */
  locate(index: number): string;
}
