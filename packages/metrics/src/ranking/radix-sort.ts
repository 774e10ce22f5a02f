const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const DIGITS = [0, 11, 22] as const;
/** Below this the platform's sort is faster than three histograms. */
const SMALL = 1024;

/**
 * Sorts unsigned 32-bit keys in ascending order, in time linear in their number: three stable passes of 11 bits,
 * those left out whose digit all keys share.
 *
 * @returns the sorted keys: `keys` or `scratch`, whichever the last pass wrote. The other holds rubbish.
 */
export function radixSort(keys: Uint32Array, scratch: Uint32Array): Uint32Array {
  if (keys.length < SMALL) return keys.sort();
  const counts = new Uint32Array(DIGITS.length * BUCKETS);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!;
    counts[key & (BUCKETS - 1)]!++;
    counts[BUCKETS + ((key >>> 11) & (BUCKETS - 1))]!++;
    counts[2 * BUCKETS + (key >>> 22)]!++;
  }
  let from = keys;
  let to = scratch;
  for (const [digit, shift] of DIGITS.entries()) {
    const starts = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (starts[(from[0]! >>> shift) & (BUCKETS - 1)] === from.length) continue;
    let start = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const count = starts[bucket]!;
      starts[bucket] = start;
      start += count;
    }
    for (let index = 0; index < from.length; index++) {
      const key = from[index]!;
      to[starts[(key >>> shift) & (BUCKETS - 1)]!++] = key;
    }
    [from, to] = [to, from];
  }
  return from;
}
