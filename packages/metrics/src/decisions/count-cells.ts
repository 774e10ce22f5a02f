import type { CheckedInputs } from '../input/check-inputs';
import type { ThresholdOptions } from '../options';
import { countColumns } from './count-columns';
import { countRows } from './count-rows';
import { decisionLimits } from './decision-limits';
import { weighColumns } from './weigh-columns';

/** The four cells of 2×2 tables: one table per class, per row, or for all pairs. */
export interface Cells {
  readonly tp: ArrayLike<number>;
  readonly fp: ArrayLike<number>;
  readonly fn: ArrayLike<number>;
  readonly tn: ArrayLike<number>;
  /** The weight of each table in a mean over rows; absent if all weigh the same. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** {@link Cells} as counted: integers, or sums of sample weights. */
export interface CountedCells extends Cells {
  readonly tp: Float64Array;
  readonly fp: Float64Array;
  readonly fn: Float64Array;
  readonly tn: Float64Array;
}

/** Counts one table per column over the rows, or one per row over the columns. */
export function countCells(
  metric: string,
  inputs: CheckedInputs,
  options: Pick<ThresholdOptions, 'threshold' | 'comparison'>,
  per: 'column' | 'row' = 'column',
): CountedCells {
  const limits = decisionLimits(metric, inputs, options);
  if (per === 'row') return countRows(inputs, limits);
  const allTheSame = inputs.known === undefined && inputs.weights === undefined;
  return allTheSame ? countColumns(inputs, limits) : weighColumns(inputs, limits);
}
