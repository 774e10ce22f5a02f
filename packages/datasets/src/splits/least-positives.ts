/**
 * How many positives of each label each part should have at least: up to `most`, dealt in turns over the parts in the order
 * given, so that a label with fewer positives than that reaches the first parts of the order once before any part twice.
 *
 * @param totals positives per label; further entries are ignored
 * @returns parts × labels
 */
export function leastPositives(
  totals: ArrayLike<number>,
  labelCount: number,
  partCount: number,
  order: readonly number[],
  most: number,
): Int32Array {
  const least = new Int32Array(partCount * labelCount);
  for (let column = 0; column < labelCount; column++) {
    for (let turn = 0, left = totals[column]; turn < most && left > 0; turn++) {
      for (const part of order.slice(0, left)) least[part * labelCount + column]++;
      left -= order.length;
    }
  }
  return least;
}
