import type { ClassReport, ReportColumn } from './report-types';

/**
 * The classes in the order of one column: numbers from the highest down unless told, names from A to Z. NaN comes last either way,
 * and equal ones keep their order.
 */
export function sortClasses(
  classes: readonly ClassReport[],
  by: ReportColumn | 'label',
  descending = by !== 'label',
): readonly ClassReport[] {
  const sign = descending ? -1 : 1;
  return [...classes].sort((one, other) => {
    const [a, b] = [one[by], other[by]];
    if (typeof a === 'string' || typeof b === 'string') return sign * (a < b ? -1 : a > b ? 1 : 0);
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return sign * (a - b);
  });
}
