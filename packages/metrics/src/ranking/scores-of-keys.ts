/** The scores behind the keys of {@link sortByLabel}: 32-bit patterns turned back, 64-bit scores as they are. */
export function scoresOfKeys(keys: Uint32Array | Float64Array): Float64Array {
  if (keys instanceof Float64Array) return keys;
  const bits = keys.map((key) => key ^ ((~key >> 31) | 0x80000000));
  return Float64Array.from(new Float32Array(bits.buffer));
}
