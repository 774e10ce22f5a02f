import type { Cells } from './count-cells';

/** One table: the sum of all. */
export function poolCells({ tp, fp, fn, tn }: Cells): Cells {
  return { tp: [total(tp)], fp: [total(fp)], fn: [total(fn)], tn: [total(tn)] };
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < counts.length; at++) sum += counts[at]!;
  return sum;
}
