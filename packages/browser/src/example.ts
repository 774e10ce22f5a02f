/** Pixels in memory: RGB or RGBA bytes, rows from top to bottom. `ImageData` fits. Alpha is dropped. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** An image that can be sent to a worker: a file, a decoded picture, or pixels. */
export type ExampleImage = Blob | ImageBitmap | Pixels;

/** An image and its labels. */
export interface Example {
  /**
   * A `File` or `Blob` of an image is sent without a copy of its content. An `ImageBitmap` or pixels are copied; the
   * page keeps its own.
   */
  readonly image: ExampleImage;
  /** The labels that the image has; an empty list if it has none. */
  readonly labels: readonly string[];
  /** Labels that may or may not apply to the image. Neither training nor metrics use them. */
  readonly unknown?: readonly string[];
  /**
   * A name that stays the same when the page is loaded again. Default: the file's name, or else the number of the
   * example.
   */
  readonly id?: string;
}
