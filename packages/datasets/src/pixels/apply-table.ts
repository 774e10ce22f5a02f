/** Replaces every value of the pixels by what the function makes of it, rounded and clipped to 0–255. */
export function applyTable(data: Uint8Array, of: (value: number) => number): void {
  const table = new Uint8ClampedArray(256);
  for (let value = 0; value < 256; value++) table[value] = of(value);
  for (let i = 0; i < data.length; i++) data[i] = table[data[i]];
}
