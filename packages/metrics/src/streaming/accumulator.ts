import type { MatrixInput } from '../matrix-input';

/**
 * A metric over data that comes in parts, or is spread over several machines.
 *
 * Any split of the rows over any number of updates and accumulators, merged in any order, gives the same result, to the
 * last bit, as one pass over all rows.
 */
export interface Accumulator<Result, State> {
  /** Adds rows. */
  update(yTrue: MatrixInput, yScore: MatrixInput): this;
  /** The metric over all rows so far; more may follow. */
  result(): Result;
  /** Forgets all rows, keeps the options. */
  reset(): this;
  /** Adds everything that another accumulator has been updated with. The other accumulator doesn't change. */
  merge(other: this): this;
  /** Plain data, for `JSON.stringify`, files and workers; the class' `fromJSON` reads it. */
  toJSON(): State;
}
