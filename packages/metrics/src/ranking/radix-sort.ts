const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const MASK = BUCKETS - 1;
/** Below this length the built-in sort is faster than three histograms. */
const SMALL = 1024;

/**
 * Sorts unsigned 32-bit keys in place in ascending order, in time linear in their number: three stable passes
 * of 11 bits. A pass is skipped if all keys have the same digit.
 *
 * @param scratch memory for as many keys
 * @returns `keys`
 */
export function radixSort(keys: Uint32Array, scratch: Uint32Array): Uint32Array {
  if (keys.length < SMALL) return keys.sort();
  const low = new Uint32Array(BUCKETS);
  const middle = new Uint32Array(BUCKETS);
  const high = new Uint32Array(BUCKETS);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    low[key & MASK]++;
    middle[(key >>> DIGIT_BITS) & MASK]++;
    high[key >>> (2 * DIGIT_BITS)]++;
  }
  let from = keys;
  let to = scratch.subarray(0, keys.length);
  for (const [digit, counts] of [low, middle, high].entries()) {
    const shift = digit * DIGIT_BITS;
    if (counts[(from[0] >>> shift) & MASK] === from.length) continue;
    scatter(from, to, shift, startsOf(counts));
    [from, to] = [to, from];
  }
  if (from !== keys) keys.set(from);
  return keys;
}

function startsOf(counts: Uint32Array): Uint32Array {
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket];
    counts[bucket] = start;
    start += count;
  }
  return counts;
}

function scatter(from: Uint32Array, to: Uint32Array, shift: number, starts: Uint32Array): void {
  for (let index = 0; index < from.length; index++) {
    const key = from[index];
    to[starts[(key >>> shift) & MASK]++] = key;
  }
}
