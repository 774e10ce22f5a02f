import { radixSort } from './radix-sort';

/** Scores of one kind of label (or keys of the same order). */
export type ScoreRun = Uint32Array | Float64Array;

/** A table of so many bits' entries is no more than the second cache holds beside the values it leads to. */
export const ENTRY_BITS = 16;

/**
 * Memory for the runs of one column after another, each of which overwrites what the one before left. Memory that is new to
 * the process costs time: a tenth of what an area takes.
 */
export class RunRoom {
  /** The distinct values of a run. */
  readonly values: ScoreRun;
  /** Counters, one a value. */
  readonly pivots: Uint32Array;
  readonly between: Uint32Array;
  readonly equal: Uint32Array;
  /** A table of the values by their high bits. */
  readonly starts: Uint32Array;
  readonly #scratch: Uint32Array;

  /** @param most scores that a run holds at most: 32-bit keys, or 64-bit scores */
  constructor(most: number, bits: 32 | 64) {
    this.values = bits === 32 ? new Uint32Array(most) : new Float64Array(most);
    this.pivots = new Uint32Array(most);
    this.between = new Uint32Array(most + 1);
    this.equal = new Uint32Array(most);
    this.starts = new Uint32Array(bits === 32 ? 2 ** ENTRY_BITS + 1 : 2);
    this.#scratch = new Uint32Array(bits === 32 ? most : 0);
  }

  /** Sorts a run in place in ascending order. */
  sort<Run extends ScoreRun>(run: Run): Run {
    if (run instanceof Uint32Array) radixSort(run, this.#scratch);
    else run.sort();
    return run;
  }
}
