/** RGB bytes of RGBA bytes. Alpha is dropped, not blended. */
export function rgbOf(rgba: ArrayLike<number>): Uint8Array {
  const data = new Uint8Array((rgba.length / 4) * 3);
  for (let i = 0, o = 0; i < rgba.length; i += 4, o += 3) {
    data[o] = rgba[i];
    data[o + 1] = rgba[i + 1];
    data[o + 2] = rgba[i + 2];
  }
  return data;
}

/** RGB bytes of grey bytes. */
export function rgbOfGrey(grey: Uint8Array): Uint8Array {
  const data = new Uint8Array(grey.length * 3);
  for (let i = 0, o = 0; i < grey.length; i++, o += 3) data.fill(grey[i], o, o + 3);
  return data;
}
