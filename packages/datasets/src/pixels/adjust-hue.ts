/**
 * Turns the hue of every pixel in place, lightness and saturation kept, as `tf.image.adjust_hue`.
 *
 * The largest and the smallest of a pixel's three values stay; the hue moves along the six edges between the pure
 * colours (Smith, "Color gamut transform pairs", 1978).
 *
 * @param turn how far, as a fraction of the colour circle; ⅓ makes red green
 */
export function adjustHue(data: Uint8Array, turn: number): void {
  const rounded = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  for (let i = 0; i < data.length; i += 3) {
    const red = data[i];
    const green = data[i + 1];
    const blue = data[i + 2];
    const most = Math.max(red, green, blue);
    const least = Math.min(red, green, blue);
    const range = most - least;
    if (range === 0) continue;
    const edge =
      most === red
        ? (green - blue) / range
        : most === green
          ? 2 + (blue - red) / range
          : 4 + (red - green) / range;
    // in sixths of the circle, red at 0
    const hue = (((edge + 6 * turn) % 6) + 6) % 6;
    rounded[i] = least + range * ramp(hue + 2);
    rounded[i + 1] = least + range * ramp(hue);
    rounded[i + 2] = least + range * ramp(hue + 4);
  }
}

/** Up from 0 to 1 in the first sixth, 1 for two, down in the fourth, 0 for two. */
function ramp(sixths: number): number {
  const position = sixths >= 6 ? sixths - 6 : sixths;
  return Math.max(0, Math.min(position, 4 - position, 1));
}
