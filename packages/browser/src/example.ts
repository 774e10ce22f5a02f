/** Pixels in memory: RGB or RGBA bytes, rows from the top. `ImageData` is one. Alpha is dropped. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** An image that can be sent to a worker: a file, a decoded picture, or pixels. */
export type ExampleImage = Blob | ImageBitmap | Pixels;

/** An image and the labels that it has. */
export interface Example {
  /**
   * A `File` or `Blob` of an image costs nothing to send. An `ImageBitmap` or pixels are copied; the page's own stays as it
   * is.
   */
  readonly image: ExampleImage;
  /** The labels that the image has; none of them: an empty list. */
  readonly labels: readonly string[];
  /** Labels of which it isn't known whether the image has them. They count neither in training nor in metrics. */
  readonly unknown?: readonly string[];
  /** A name that stays the same over reloads. Default: the file's name, else the number of the example. */
  readonly id?: string;
}
