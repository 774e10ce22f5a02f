export { decodeBytes } from './decode-bytes';
export type { DecodeOptions } from './decode-options';
export { isSimpleJpeg, MOST_SIMPLE_BYTES } from './is-simple-jpeg';
export { resizeBilinear } from './resize-bilinear';
export type { RgbImage } from './rgb-image';
export { rgbOf } from './rgb-of';
export { type Sharp, setUpSharp } from './set-up-sharp';
export { type JpegCodec, type SmallJpegDecoder, smallJpegDecoder } from './small-jpeg-decoder';
