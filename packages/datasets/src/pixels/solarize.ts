import { applyTable } from './apply-table';

/** Inverts every value from the threshold on, in place, as Pillow's `ImageOps.solarize`. */
export function solarize(data: Uint8Array, threshold: number): void {
  applyTable(data, (value) => (value < threshold ? value : 255 - value));
}
