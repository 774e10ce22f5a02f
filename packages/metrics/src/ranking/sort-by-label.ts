import { radixSort } from './radix-sort';

/** Scores of the positive and of the negative pairs, each in ascending order (as keys of the same order). */
export interface SortedByLabel {
  readonly positives: Uint32Array | Float64Array;
  readonly negatives: Uint32Array | Float64Array;
}

/** Which elements of a row-major matrix: `count` of them from `offset`, every `stride`-th. */
export interface Slice {
  readonly offset: number;
  readonly stride: number;
  readonly count: number;
}

/**
 * Sorts the scores of one column (or of all pairs) apart by label: two sorted runs hold all that an area under a
 * curve needs, and no label has to travel with its score.
 */
export function sortByLabel(
  truth: Uint8Array,
  scores: Float32Array | Float64Array,
  slice: Slice,
): SortedByLabel {
  return scores instanceof Float32Array ? sort32(truth, scores, slice) : sort64(truth, scores, slice);
}

function sort32(truth: Uint8Array, scores: Float32Array, { offset, stride, count }: Slice): SortedByLabel {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  const keys = new Uint32Array(count);
  let positives = 0;
  let negatives = count;
  for (let step = 0, index = offset; step < count; step++, index += stride) {
    const pattern = bits[index]!;
    // IEEE 754 bits in the order of their values; −0 becomes 0, as the two are a tie.
    const key = pattern === 0x80000000 ? pattern : pattern >>> 31 === 1 ? ~pattern : pattern | 0x80000000;
    if (truth[index] === 1) keys[positives++] = key;
    else keys[--negatives] = key;
  }
  const scratch = new Uint32Array(Math.max(positives, count - positives));
  return {
    positives: sortRun(keys.subarray(0, positives), scratch),
    negatives: sortRun(keys.subarray(positives), scratch),
  };
}

/** Leaves `scratch` free for the next run. */
function sortRun(keys: Uint32Array, scratch: Uint32Array): Uint32Array {
  const sorted = radixSort(keys, scratch);
  if (sorted !== keys) keys.set(sorted.subarray(0, keys.length));
  return keys;
}

function sort64(truth: Uint8Array, scores: Float64Array, { offset, stride, count }: Slice): SortedByLabel {
  const keys = new Float64Array(count);
  let positives = 0;
  let negatives = count;
  for (let step = 0, index = offset; step < count; step++, index += stride) {
    // + 0 turns −0 into 0: the two are a tie, and the platform's sort tells them apart.
    const key = scores[index]! + 0;
    if (truth[index] === 1) keys[positives++] = key;
    else keys[--negatives] = key;
  }
  return { positives: keys.subarray(0, positives).sort(), negatives: keys.subarray(positives).sort() };
}
