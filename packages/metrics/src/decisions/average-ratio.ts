import { fillUndefined, meanOf } from '../averaging/mean-of';
import type { Average, Averaged, UndefinedPolicy } from '../options';
import type { Cells } from './count-cells';
import type { Ratio } from './ratio';

/** How an average treats 0/0. */
export interface Conventions {
  readonly zeroDivision?: number;
  readonly undefined?: UndefinedPolicy;
}

/** The ratio of each table, or the average of the ratios. For `'samples'` each table counts one row. */
export function averageRatio<A extends Average>(
  cells: Cells,
  ratio: Ratio,
  average: A,
  conventions: Conventions,
): Averaged<A>;
export function averageRatio(
  cells: Cells,
  ratio: Ratio,
  average: Average,
  { zeroDivision = Number.NaN, undefined: policy = 'nan' }: Conventions,
): Float64Array | number {
  const { tp, fp, fn, tn, weights } = average === 'micro' ? poolCells(cells) : cells;
  const values = new Float64Array(tp.length);
  for (let at = 0; at < values.length; at++) {
    const value = ratio(tp[at], fp[at], fn[at], tn[at]);
    values[at] = fillUndefined(fillUndefined(value, zeroDivision), policy);
  }
  if (average === 'none') return values;
  if (average === 'micro') return values[0];
  const support = average === 'weighted' ? values.map((_, at) => tp[at] + fn[at]) : weights;
  return fillUndefined(meanOf(values, policy, support), zeroDivision);
}

/** The sum of all tables, cell by cell, as one table. */
export function poolCells({ tp, fp, fn, tn }: Cells): Cells {
  return { tp: [total(tp)], fp: [total(fp)], fn: [total(fn)], tn: [total(tn)] };
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < counts.length; at++) sum += counts[at];
  return sum;
}
