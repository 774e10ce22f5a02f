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

/** The bits of float32 numbers rounded to float16: to the nearest, ties to even. Numbers from 65,520 on become infinite. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, (own, i) => {
    const sign = (own >>> 16) & 0x8000;
    const size = own & 0x7fffffff;
    if (size > 0x7f800000) return sign | 0x7e00; // NaN
    if (size >= 0x477ff000) return sign | 0x7c00;
    if (size < 0x38800000) return sign | roundedToEven(Math.abs(values[i]) * 2 ** 24);
    return sign | ((size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13);
  });
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** bfloat16 numbers, given by their bits, as float32: they are its upper half. Exact. */
export function fromBfloat16(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (half) => half << 16).buffer);
}
