import type { CheckedInputs } from '../input/check-inputs';
import type { ThresholdOptions } from '../options';
import { countColumns } from './count-columns';
import { countRows } from './count-rows';
import { nextAbove } from './next-above';
import { resolveThresholds } from './resolve-thresholds';

/** The four cells of each 2×2 table, one table a class (or a row, or a pool). */
export interface Cells {
  readonly tp: ArrayLike<number>;
  readonly fp: ArrayLike<number>;
  readonly fn: ArrayLike<number>;
  readonly tn: ArrayLike<number>;
}

/** {@link Cells} as counted: exact up to 2^32 rows. */
export interface CountedCells extends Cells {
  readonly tp: Uint32Array;
  readonly fp: Uint32Array;
  readonly fn: Uint32Array;
  readonly tn: Uint32Array;
}

/** Counts one table a column over the rows, or one a row over the columns. */
export function countCells(
  metric: string,
  inputs: CheckedInputs,
  options: ThresholdOptions,
  per: 'column' | 'row' = 'column',
): CountedCells {
  const { threshold = 0.5, comparison = '>=' } = options;
  const thresholds = resolveThresholds(metric, inputs, threshold);
  const limits = comparison === '>' ? thresholds.map(nextAbove) : thresholds;
  return per === 'column' ? countColumns(inputs, limits) : countRows(inputs, limits);
}
