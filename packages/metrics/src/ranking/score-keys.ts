/**
 * An unsigned integer that orders like the 32-bit float with these bits (IEEE 754). −0 and 0 have the same
 * key.
 */
export function keyOfBits(bits: number): number {
  const pattern = bits === 0x80000000 ? 0 : bits;
  return pattern ^ ((pattern >> 31) | 0x80000000);
}

/**
 * The scores of the keys of {@link sortByLabel}: 32-bit keys are turned back into floats, 64-bit scores stay
 * as they are.
 */
export function scoresOfKeys(keys: Uint32Array | Float64Array): Float64Array {
  if (keys instanceof Float64Array) return keys;
  const bits = keys.map((key) => key ^ ((~key >> 31) | 0x80000000));
  return Float64Array.from(new Float32Array(bits.buffer));
}
