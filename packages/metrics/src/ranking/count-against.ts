import { ENTRY_BITS, type RunRoom, type ScoreRun } from './run-room';

/** How others lie among the distinct values of pivots, ascending. */
export interface CountedAgainst {
  /** Pivots of each value. */
  readonly pivots: Uint32Array;
  /** Others below each value and above the one before; at the end those above all. */
  readonly between: Uint32Array;
  /** Others equal to each value. */
  readonly equal: Uint32Array;
}

/** Among so few pivots a walk finds the place as fast as bisection. */
const FEW = 8;

/** Pivots that the caches hold. Among more, others are looked up in order: elsewhere each look would wait for memory. */
const CACHED = 1 << 17;

/**
 * Counts where others lie among pivots: the few scores of one label are sorted, in place, the many of the other looked up.
 * A table knows where the pivots of the same high bits begin; bisection goes on from there.
 *
 * The counts are views into the room.
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

/** Each value of a sorted run, and how often it comes. */
function countValues(run: ScoreRun, { values, pivots }: RunRoom): Pick<RunRoom, 'values' | 'pivots'> {
  pivots.fill(0, 0, run.length);
  let count = 0;
  for (let at = 0; at < run.length; at++) {
    if (count === 0 || run[at] !== values[count - 1]) values[count++] = run[at];
    pivots[count - 1]++;
  }
  return { values, pivots: pivots.subarray(0, count) };
}

/** By how much keys are shifted so that a range of them has at most so many entries. */
function shiftOf(range: number): number {
  return Math.max(0, 32 - Math.clz32(range) - ENTRY_BITS);
}

/** For each entry of the table, the index of its first pivot; then the number of pivots. 64-bit scores have one entry. */
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
