/** A number in the order of a 32-bit float, from the float's bits (IEEE 754); −0 and 0 are a tie. */
export function keyOfBits(bits: number): number {
  const pattern = bits === 0x80000000 ? 0 : bits;
  return pattern ^ ((pattern >> 31) | 0x80000000);
}

/** The scores behind the keys of {@link sortByLabel}: 32-bit patterns turned back, 64-bit scores as they are. */
export function scoresOfKeys(keys: Uint32Array | Float64Array): Float64Array {
  if (keys instanceof Float64Array) return keys;
  const bits = keys.map((key) => key ^ ((~key >> 31) | 0x80000000));
  return Float64Array.from(new Float32Array(bits.buffer));
}
