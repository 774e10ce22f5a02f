/** Groups as numbers 0, 1, 2… in order of first appearance, one per row, and how many there are. */
export function groupNumbers(groups: Int32Array | readonly string[]): { numbers: Int32Array; count: number } {
  const known = new Map<number | string, number>();
  const numbers = new Int32Array(groups.length);
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row];
    let number = known.get(group);
    if (number === undefined) known.set(group, (number = known.size));
    numbers[row] = number;
  }
  return { numbers, count: known.size };
}
