const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const MASK = BUCKETS - 1;

/**
 * The order in which scores ascend, as indices: a stable radix sort of their bits, 11 at a time, those left out that all
 * share. −0 and 0 are a tie.
 */
export function sortOrder(scores: Float32Array | Float64Array): Uint32Array {
  let order = new Uint32Array(scores.length);
  let other = new Uint32Array(scores.length);
  for (let index = 0; index < order.length; index++) order[index] = index;
  for (const word of scores instanceof Float32Array ? [keys32(scores)] : keys64(scores)) {
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      const starts = new Uint32Array(BUCKETS + 1);
      for (let index = 0; index < word.length; index++) starts[((word[index]! >>> shift) & MASK) + 1]!++;
      if (starts.includes(scores.length)) continue;
      for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1]! += starts[bucket]!;
      for (let at = 0; at < order.length; at++) {
        const index = order[at]!;
        other[starts[(word[index]! >>> shift) & MASK]!++] = index;
      }
      [order, other] = [other, order];
    }
  }
  return order;
}

/** IEEE 754 bits in the order of their values. */
function keys32(scores: Float32Array): Uint32Array {
  const bits = new Uint32Array(scores.map((score) => score + 0).buffer); // −0 is 0
  for (let index = 0; index < bits.length; index++) {
    const pattern = bits[index]!;
    bits[index] = pattern ^ ((pattern >> 31) | 0x80000000);
  }
  return bits;
}

/** {@link keys32} in two words, the low one first. */
function keys64(scores: Float64Array): [low: Uint32Array, high: Uint32Array] {
  const bits = new Uint32Array(scores.map((score) => score + 0).buffer);
  const low = new Uint32Array(scores.length);
  const high = new Uint32Array(scores.length);
  for (let index = 0; index < scores.length; index++) {
    const pattern = bits[2 * index + 1]!;
    low[index] = bits[2 * index]! ^ (pattern >> 31);
    high[index] = pattern ^ ((pattern >> 31) | 0x80000000);
  }
  return [low, high];
}
