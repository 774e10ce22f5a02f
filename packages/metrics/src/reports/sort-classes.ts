/**
 * The classes in the order of one column: numbers from the highest down unless told, names from A to Z. NaN comes last either way,
 * and equal ones keep their order.
 */
export function sortClasses<Column extends string, Class extends Readonly<Record<Column, number | string>>>(
  classes: readonly Class[],
  by: Column,
  descending = by !== 'label',
): readonly Class[] {
  const sign = descending ? -1 : 1;
  return [...classes].sort((one, other) => {
    const [a, b]: [number | string, number | string] = [one[by], other[by]];
    if (typeof a === 'string' || typeof b === 'string') return sign * (a < b ? -1 : a > b ? 1 : 0);
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return sign * (a - b);
  });
}
