/**
 * Sorts classes by one column: by default numbers from the highest down, names from A to Z. NaN comes last in
 * both directions, and equal classes keep their order.
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
