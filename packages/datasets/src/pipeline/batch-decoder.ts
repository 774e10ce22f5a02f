/**
 * Decodes JPEGs to RGB and resizes each to `size`, many at once.
 *
 * The result has the bytes of all images, one after the other, as libjpeg-turbo decodes them (accurate DCT, smooth
 * upsampling) and `resizeBilinear` resizes them. The promise is rejected if one of the files can't be decoded.
 */
export type BatchDecoder = (
  files: readonly Uint8Array[],
  size: readonly [height: number, width: number],
) => Promise<Uint8Array>;
