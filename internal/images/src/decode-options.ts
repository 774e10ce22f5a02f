import type { Sharp } from './set-up-sharp';
import type { SmallJpegDecoder } from './small-jpeg-decoder';

/** The limits and the decoders of an image. */
export interface DecodeOptions {
  /** The most pixels, width × height. */
  readonly pixels: number;
  /** The most seconds, under Node. */
  readonly seconds: number;
  /**
   * Under Node, sides that are longer may be shrunk to these while the image is decoded, by libvips' filter. Without
   * it, the image keeps its own size.
   */
  readonly atLeast?: readonly [height: number, width: number];
  /** Loads sharp. Called under Node for each image; each package finds sharp in its own way. */
  readonly loadSharp: () => Promise<Sharp>;
  /** Decodes small JPEGs on the calling thread; meant for worker threads. Without it, sharp decodes them, too. */
  readonly smallJpegs?: SmallJpegDecoder;
  /** Makes the error for an image that exceeds a limit. */
  readonly exceeded: (limit: 'pixels' | 'seconds', found: string) => Error;
}

/** Checks the size of an image before memory for its pixels is allocated. */
export function checkPixels({ pixels, exceeded }: DecodeOptions, width: number, height: number): void {
  if (width * height > pixels) throw exceeded('pixels', `${width}×${height}`);
}
