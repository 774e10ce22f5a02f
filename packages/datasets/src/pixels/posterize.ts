import { applyTable } from './apply-table';

/** Keeps the highest bits of every value, in place, as Pillow's `ImageOps.posterize`: 8 changes nothing, 1 leaves 0 and 128. */
export function posterize(data: Uint8Array, bits: number): void {
  const mask = 256 - 2 ** (8 - bits);
  applyTable(data, (value) => value & mask);
}
