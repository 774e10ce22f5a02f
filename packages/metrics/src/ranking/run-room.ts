import { radixSort } from './radix-sort';

/** The scores of the rows of one label, or keys in the same order. */
export type ScoreRun = Uint32Array | Float64Array;

/**
 * The bits of a table index. A larger table wouldn't fit into the second-level cache beside the values that
 * it points to.
 */
export const ENTRY_BITS = 16;

/**
 * Memory for the runs of one column after another. Each column overwrites the results of the previous one:
 * memory that is new to the process would take a tenth of the time of an area.
 */
export class RunRoom {
  /** The distinct values of a run. */
  readonly values: ScoreRun;
  /** Counters, one per value. */
  readonly pivots: Uint32Array;
  readonly between: Uint32Array;
  readonly equal: Uint32Array;
  /** A table of the values by their high bits. */
  readonly starts: Uint32Array;
  readonly #scratch: Uint32Array;

  /** @param most the greatest length of a run of 32-bit keys or 64-bit scores */
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
