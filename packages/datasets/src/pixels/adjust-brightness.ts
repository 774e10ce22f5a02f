import { applyTable } from './apply-table';

/** Brightens (above 1) or darkens (below 1) in place: value · factor, as Pillow's `ImageEnhance.Brightness`. */
export function adjustBrightness(data: Uint8Array, factor: number): void {
  applyTable(data, (value) => value * factor);
}
