/** A decoded image: three bytes per pixel (red, green, blue), rows from top to bottom, no padding. */
export interface RgbImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}
