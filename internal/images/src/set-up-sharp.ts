/**
 * The part of the package sharp that decoding uses. sharp's own types need Node's types, which code for browsers is
 * checked without.
 */
export interface Sharp {
  (bytes: Uint8Array, options: { failOn: 'error'; limitInputPixels: number | false }): SharpImage;
  concurrency(threads: number): unknown;
  cache(isOn: boolean): unknown;
}

/** An image for sharp to decode. */
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
 * Many images are decoded at the same time on libuv's threads, so threads within one image would slow this down. A
 * cache of operations would only take memory, because no image is decoded twice in a row.
 */
export function setUpSharp<Found extends Sharp>(sharp: Found): Found {
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}
