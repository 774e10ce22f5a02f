import { expect } from 'vitest';

/** Width and height from a PNG's header (PNG specification, 11.2.1), after a check of its signature. */
export function pngSize(png: Uint8Array): [width: number, height: number] {
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const header = new DataView(png.buffer, png.byteOffset + 16, 8);
  return [header.getUint32(0), header.getUint32(4)];
}
