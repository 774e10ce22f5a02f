/** What decoding uses of the package sharp. Its own types need Node's, which code for browsers is checked without. */
export interface Sharp {
  (bytes: Uint8Array, options: { failOn: 'error'; limitInputPixels: number | false }): SharpImage;
  concurrency(threads: number): unknown;
  cache(isOn: boolean): unknown;
}

/** An image that sharp is to decode. */
export interface SharpImage {
  metadata(): Promise<{ readonly width: number; readonly height: number }>;
  timeout(options: { seconds: number }): SharpImage;
  autoOrient(): SharpImage;
  removeAlpha(): SharpImage;
  resize(options: {
    readonly width: number;
    readonly height: number;
    readonly fit: 'fill';
    readonly kernel: 'linear';
    readonly withoutEnlargement: true;
  }): SharpImage;
  toColourspace(name: 'srgb'): SharpImage;
  raw(options: { depth: 'uchar' }): SharpImage;
  toBuffer(options: { resolveWithObject: true }): Promise<{
    readonly data: Uint8Array;
    readonly info: { readonly width: number; readonly height: number; readonly channels: number };
  }>;
}

/**
 * Sets up sharp for decoding many small images.
 *
 * They decode at once on libuv's threads, so threads within one image only get in the way, and a cache of operations holds
 * memory for images that are not asked for twice in a row.
 */
export function setUpSharp<Found extends Sharp>(sharp: Found): Found {
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}
