export { decodeBytes } from './decode-bytes';
export { resizeBilinear } from './resize-bilinear';
export type { RgbImage } from './rgb-image';
export { rgbOf } from './rgb-of';
export { type Sharp, setUpSharp } from './set-up-sharp';
