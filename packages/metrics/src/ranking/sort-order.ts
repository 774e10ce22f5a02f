import { keyOfBits } from './score-keys';

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const MASK = BUCKETS - 1;

/** Memory that {@link sortOrder} works in. The next sort overwrites the result of the previous one. */
export class OrderRoom {
  readonly order: Uint32Array;
  readonly other: Uint32Array;
  /** The words of the keys, the low ones first. */
  readonly words: readonly Uint32Array[];

  /** @param most the greatest number of scores */
  constructor(most: number, bits: 32 | 64) {
    this.order = new Uint32Array(most);
    this.other = new Uint32Array(most);
    this.words = Array.from({ length: bits / 32 }, () => new Uint32Array(most));
  }
}

/**
 * The indices of the scores in ascending order, by a stable radix sort of their bits, 11 at a time. Digits
 * that all scores share are skipped. −0 and 0 are a tie.
 *
 * @returns a view into the room
 */
export function sortOrder(
  scores: Float32Array | Float64Array,
  room = new OrderRoom(scores.length, scores instanceof Float32Array ? 32 : 64),
): Uint32Array {
  const { length } = scores;
  let order = room.order.subarray(0, length);
  let other = room.other.subarray(0, length);
  for (let index = 0; index < length; index++) order[index] = index;
  if (scores instanceof Float32Array) fillKeys32(scores, room.words[0]);
  else fillKeys64(scores, room.words[0], room.words[1]);
  for (const word of room.words) {
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      const starts = new Uint32Array(BUCKETS + 1);
      for (let index = 0; index < length; index++) starts[((word[index] >>> shift) & MASK) + 1]++;
      if (starts.includes(length)) continue;
      for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1] += starts[bucket];
      for (let at = 0; at < length; at++) {
        const index = order[at];
        other[starts[(word[index] >>> shift) & MASK]++] = index;
      }
      [order, other] = [other, order];
    }
  }
  return order;
}

function fillKeys32(scores: Float32Array, words: Uint32Array): void {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  for (let index = 0; index < bits.length; index++) words[index] = keyOfBits(bits[index]);
}

/** IEEE 754 bits in the order of their values, in two words. */
function fillKeys64(scores: Float64Array, low: Uint32Array, high: Uint32Array): void {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, 2 * scores.length);
  for (let index = 0; index < scores.length; index++) {
    const pattern = scores[index] === 0 ? 0 : bits[2 * index + 1]; // −0 is 0
    low[index] = bits[2 * index] ^ (pattern >> 31);
    high[index] = pattern ^ ((pattern >> 31) | 0x80000000);
  }
}
