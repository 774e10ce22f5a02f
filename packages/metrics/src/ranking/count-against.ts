import { ENTRY_BITS, type RunRoom, type ScoreRun } from './run-room';

/** Where other scores lie among the distinct scores of the pivots, ascending. */
export interface CountedAgainst {
  /** For each distinct score, the number of pivots that have it. */
  readonly pivots: Uint32Array;
  /**
   * The number of others below each distinct score and above the previous one; the last entry counts others
   * above all.
   */
  readonly between: Uint32Array;
  /** The number of others equal to each distinct score. */
  readonly equal: Uint32Array;
}

/** Among this many pivots or fewer, a linear search is as fast as bisection. */
const FEW = 8;

/**
 * The number of pivots that fit into the processor's caches. If there are more, the others are looked up in
 * ascending order, because scattered reads would wait for memory.
 */
const CACHED = 1 << 17;

/**
 * Counts where other scores lie among pivots. The pivots are the scores of the rarer label, which are sorted
 * in place; the others are looked up. A table holds where the pivots with the same high bits begin, and
 * bisection continues from there.
 *
 * The counts are views into `room`.
 */
export function countAgainst(few: ScoreRun, many: ScoreRun, room: RunRoom): CountedAgainst {
  const { values, pivots } = countValues(room.sort(few), room);
  const others = few.length > CACHED ? room.sort(many) : many;
  const count = pivots.length;
  const between = room.between.subarray(0, count + 1).fill(0);
  const equal = room.equal.subarray(0, count).fill(0);
  if (count === 0) return { pivots, between: between.fill(others.length), equal };
  const lowest = values[0];
  const highest = values[count - 1];
  const shift = values instanceof Uint32Array ? shiftOf(highest - lowest) : 32;
  const starts = startsOf(values, count, shift, room);
  let below = 0;
  let above = 0;
  for (let at = 0; at < others.length; at++) {
    const key = others[at];
    if (key < lowest) below++;
    else if (key > highest) above++;
    else {
      const entry = shift === 32 ? 0 : (key - lowest) >>> shift;
      let low = starts[entry];
      let high = starts[entry + 1];
      while (high - low > FEW) {
        const middle = (low + high) >>> 1;
        if (values[middle] < key) low = middle + 1;
        else high = middle;
      }
      while (values[low] < key) low++;
      if (values[low] === key) equal[low]++;
      else between[low]++;
    }
  }
  between[0] += below;
  between[count] += above;
  return { pivots, between, equal };
}

/** The distinct scores of a sorted run, and how often each of them occurs. */
function countValues(run: ScoreRun, { values, pivots }: RunRoom): Pick<RunRoom, 'values' | 'pivots'> {
  pivots.fill(0, 0, run.length);
  let count = 0;
  for (let at = 0; at < run.length; at++) {
    if (count === 0 || run[at] !== values[count - 1]) values[count++] = run[at];
    pivots[count - 1]++;
  }
  return { values, pivots: pivots.subarray(0, count) };
}

/** The shift of keys with which a range of them needs at most 2^ENTRY_BITS table entries. */
function shiftOf(range: number): number {
  return Math.max(0, 32 - Math.clz32(range) - ENTRY_BITS);
}

/**
 * For each entry of the table, the index of its first pivot; at the end the number of pivots. 64-bit scores
 * have one entry.
 */
function startsOf(values: ScoreRun, count: number, shift: number, { starts }: RunRoom): Uint32Array {
  const lowest = values[0];
  const entries = shift === 32 ? 1 : ((values[count - 1] - lowest) >>> shift) + 1;
  starts.fill(count, 0, entries + 1);
  let next = 0;
  for (let at = 0; at < count; at++) {
    const entry = shift === 32 ? 0 : (values[at] - lowest) >>> shift;
    while (next <= entry) starts[next++] = at;
  }
  return starts;
}
