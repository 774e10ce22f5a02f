import type * as tf from '@tensorflow/tfjs-core';

/** Pixels in memory: RGB or RGBA bytes, rows from the top. `ImageData` is one. Alpha is dropped. */
export interface PixelImage {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** A canvas of a browser or of a package for Node. */
export interface CanvasLike {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): unknown;
}

/** Something that a browser can draw: `<img>`, `<video>`, `ImageBitmap`, `VideoFrame`. */
export interface DrawnImage {
  readonly width?: number;
  readonly height?: number;
  readonly videoWidth?: number;
  readonly naturalWidth?: number;
  readonly displayWidth?: number;
}

/**
 * One image, as people have it:
 *
 * - a path (Node) or URL: `'cat.jpg'`, `'https://…'`, `'data:…'`, `new URL(…)`;
 * - the bytes of an image file: `Uint8Array`, `Buffer`, `ArrayBuffer`, `Blob`, `File`;
 * - pixels: `ImageData`, `{ data, width, height }` of RGB or RGBA bytes, a tensor `[height, width, channels]` of values from
 *   0 to 255;
 * - in a browser `HTMLImageElement`, `HTMLCanvasElement`, `OffscreenCanvas`, `ImageBitmap`, `HTMLVideoElement`, `VideoFrame`.
 */
export type ImageInput =
  | string
  | URL
  | Blob
  | ArrayBuffer
  | Uint8Array
  | PixelImage
  | CanvasLike
  | DrawnImage
  | tf.Tensor;

/** Limits on the cost of one image. */
export interface ImageLimits {
  /** Pixels of the decoded image, width × height. Default 2^26, about 67 million. */
  readonly pixels?: number;
  /** Bytes of an image from a URL. Default 2^28, 256 MiB. */
  readonly bytes?: number;
  /** Seconds to decode, under Node. Default 60. */
  readonly seconds?: number;
}

/** The limits if nothing else is asked for. */
export const IMAGE_LIMITS: Required<ImageLimits> = { pixels: 2 ** 26, bytes: 2 ** 28, seconds: 60 };
