/** Replaces every value of the pixels by the function's result for it, rounded and clipped to 0–255. */
export function applyTable(data: Uint8Array, of: (value: number) => number): void {
  const table = new Uint8ClampedArray(256);
  for (let value = 0; value < 256; value++) table[value] = of(value);
  for (let i = 0; i < data.length; i++) data[i] = table[data[i]];
}

/** Replaces every value of RGB pixels by its entry in its channel's table of 256. */
export function applyTables(
  data: Uint8Array,
  [red, green, blue]: readonly [Uint8Array, Uint8Array, Uint8Array],
): void {
  for (let i = 0; i < data.length; i += 3) {
    data[i] = red[data[i]];
    data[i + 1] = green[data[i + 1]];
    data[i + 2] = blue[data[i + 2]];
  }
}

/** Keeps the highest bits of every value, in place, as Pillow's `ImageOps.posterize`: 8 changes nothing, 1 leaves 0 and 128. */
export function posterize(data: Uint8Array, bits: number): void {
  const mask = 256 - 2 ** (8 - bits);
  applyTable(data, (value) => value & mask);
}

/** Inverts every value from the threshold on, in place, as Pillow's `ImageOps.solarize`. */
export function solarize(data: Uint8Array, threshold: number): void {
  applyTable(data, (value) => (value < threshold ? value : 255 - value));
}

/** Brightens (above 1) or darkens (below 1) in place: value · factor, as Pillow's `ImageEnhance.Brightness`. */
export function adjustBrightness(data: Uint8Array, factor: number): void {
  applyTable(data, (value) => value * factor);
}
