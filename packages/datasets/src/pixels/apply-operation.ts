import type { RgbImage } from '../images/rgb-image';
import { adjustContrast } from './adjust-contrast';
import { adjustHue } from './adjust-hue';
import { adjustSaturation } from './adjust-saturation';
import { adjustSharpness } from './adjust-sharpness';
import { adjustBrightness, posterize, solarize } from './apply-table';
import { autoContrast } from './auto-contrast';
import { equalize } from './equalize';

const OPERATIONS = {
  brightness: ({ data }, factor) => adjustBrightness(data, factor),
  contrast: ({ data }, factor) => adjustContrast(data, factor),
  saturation: ({ data }, factor) => adjustSaturation(data, factor),
  hue: ({ data }, turn) => adjustHue(data, turn),
  sharpness: (image, factor) => adjustSharpness(image, factor),
  posterize: ({ data }, bits) => posterize(data, bits),
  solarize: ({ data }, threshold) => solarize(data, threshold),
  autoContrast: ({ data }) => autoContrast(data),
  equalize: ({ data }) => equalize(data),
} satisfies Record<string, (image: RgbImage, amount: number) => void>;

/** A change of colours: its name and its amount, which is 0 for operations without an amount. */
export type PixelOperation = readonly [name: keyof typeof OPERATIONS, amount: number];

/** Changes the colours of an image in place. */
export function applyOperation(image: RgbImage, [name, amount]: PixelOperation): void {
  OPERATIONS[name](image, amount);
}
