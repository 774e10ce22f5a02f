import type { CheckedInputs } from '../input/check-inputs';
import type { ThresholdOptions } from '../options';
import { decide } from './decide';

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
  const { rows, columns, truth } = inputs;
  const predicted = decide(metric, inputs, options);
  const [tables, members] = per === 'column' ? [columns, rows] : [rows, columns];
  const tp = new Uint32Array(tables);
  const fp = new Uint32Array(tables);
  const fn = new Uint32Array(tables);
  const tn = new Uint32Array(tables);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) {
      const at = per === 'column' ? column : row;
      tp[at]! += truth[index]! & predicted[index]!;
      fp[at]! += predicted[index]!;
      fn[at]! += truth[index]!;
    }
  }
  for (let at = 0; at < tables; at++) {
    fp[at]! -= tp[at]!;
    fn[at]! -= tp[at]!;
    tn[at] = members - tp[at]! - fp[at]! - fn[at]!;
  }
  return { tp, fp, fn, tn };
}
