/** A number in the order of a 32-bit float, from the float's bits (IEEE 754); −0 and 0 are a tie. */
export function keyOfBits(bits: number): number {
  const pattern = bits === 0x80000000 ? 0 : bits;
  return pattern ^ ((pattern >> 31) | 0x80000000);
}
