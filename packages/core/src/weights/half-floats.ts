/** The largest exponent field of a float16: infinity and NaN. */
const HALF_SPECIAL = 0x1f;

/** IEEE 754 float16 numbers, given by their bits, as float32. Exact. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & HALF_SPECIAL;
    const fraction = half & 0x3ff;
    if (exponent === HALF_SPECIAL) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** bfloat16 numbers, given by their bits, as float32: they are its upper half. Exact. */
export function fromBfloat16(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (half) => half << 16).buffer);
}
