/** A part of an image, in pixels of the image after EXIF orientation; it may reach beyond the edges. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Points of a template as fractions of the result's width and height, from the top left. */
export type LandmarkTemplate = readonly (readonly [x: number, y: number])[];

/** The part of each image that batches show. Without a framing, batches show the whole image, stretched to their size. */
export type Framing =
  /** The largest part in the middle that has the batch's proportions. */
  | { readonly kind: 'cover' }
  /** A box per row: left, top, width, height. */
  | { readonly kind: 'boxes'; readonly boxes: Float32Array }
  /** Points per row, x and y one after another, moved, turned and scaled onto the template. */
  | { readonly kind: 'landmarks'; readonly landmarks: Float32Array; readonly template: LandmarkTemplate };
