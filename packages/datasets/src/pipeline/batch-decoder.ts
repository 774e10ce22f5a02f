/**
 * Decodes JPEGs to RGB and resizes each to `size`, many at once, as libjpeg-turbo decodes them (accurate DCT, smooth
 * upsampling) and `resizeBilinear` resizes them.
 */
export interface BatchDecoder {
  /** Returns the bytes of all images, one after the other. The promise is rejected if one of the files can't be decoded. */
  (files: readonly Uint8Array[], size: readonly [height: number, width: number]): Promise<Uint8Array>;
  /**
   * The same, but the decoder keeps the images until they are asked for. It may also decline, with undefined. Batches of
   * such images alone are made by it, if it is there.
   */
  readonly hold?: (
    files: readonly Uint8Array[],
    size: readonly [height: number, width: number],
  ) => Promise<HeldImages | undefined>;
}

/** Decoded images that a decoder keeps. */
export interface HeldImages {
  /** Copies the bytes of all images, one after the other; after `release`, too. */
  read(): Uint8Array;
  /** Frees the memory that holds the images. */
  release(): void;
}
