import { luma } from './luma';

/** Strengthens (factor above 1) or fades (below 1) the colours in place, as Pillow's `ImageEnhance.Color`; 0 leaves greys. */
export function adjustSaturation(data: Uint8Array, factor: number): void {
  const rounded = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  for (let i = 0; i < data.length; i += 3) {
    const red = data[i];
    const green = data[i + 1];
    const blue = data[i + 2];
    const grey = Math.round(luma(red, green, blue)) * (1 - factor);
    rounded[i] = grey + red * factor;
    rounded[i + 1] = grey + green * factor;
    rounded[i + 2] = grey + blue * factor;
  }
}
