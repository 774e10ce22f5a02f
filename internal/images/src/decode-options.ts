import type { Sharp } from './set-up-sharp';
import type { SmallJpegDecoder } from './small-jpeg-decoder';

/** What one image may cost, and what decodes it. */
export interface DecodeOptions {
  /** The most pixels, width × height. */
  readonly pixels: number;
  /** The most seconds, under Node. */
  readonly seconds: number;
  /**
   * Under Node: sides that are longer may be shrunk to these while the image is decoded, by libvips' filter. Left out: the
   * image comes at its own size.
   */
  readonly atLeast?: readonly [height: number, width: number];
  /** Gives sharp. Called under Node, each time; each package has its own way to find it. */
  readonly loadSharp: () => Promise<Sharp>;
  /** Decodes small JPEGs on the calling thread, which is for threads of their own. Left out: sharp decodes them, too. */
  readonly smallJpegs?: SmallJpegDecoder;
  /** Makes the error of an image that exceeds one of the two. */
  readonly exceeded: (limit: 'pixels' | 'seconds', found: string) => Error;
}

/** Checks the size of an image before memory for its pixels is allocated. */
export function checkPixels({ pixels, exceeded }: DecodeOptions, width: number, height: number): void {
  if (width * height > pixels) throw exceeded('pixels', `${width}×${height}`);
}
