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
