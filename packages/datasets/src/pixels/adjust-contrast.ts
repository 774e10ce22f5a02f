import { applyTable } from './apply-table';
import { luma } from './luma';

/**
 * Spreads the values (factor above 1) or draws them together (below 1) about the image's mean grey, in place, as Pillow's
 * `ImageEnhance.Contrast`; 0 leaves an even grey.
 */
export function adjustContrast(data: Uint8Array, factor: number): void {
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) sum += Math.round(luma(data[i], data[i + 1], data[i + 2]));
  const mean = Math.round(sum / (data.length / 3));
  applyTable(data, (value) => mean + (value - mean) * factor);
}
