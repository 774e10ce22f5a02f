/** From this many pivots on, sorting is faster than comparing each pivot with each value. */
const MANY = 64;

/**
 * For each of the first `pivotCount` pivots, counts how many of the first `count` values are above it. With
 * `orEqual` values equal to it count, too.
 *
 * A row has few positives, so each of them is compared with each value, without a branch: this is faster than
 * sorting. If there are many pivots, pivots and values are sorted in place; `into` is then in the order of
 * the sorted pivots.
 */
export function countAbove(
  values: Float64Array,
  count: number,
  pivots: Float64Array,
  pivotCount: number,
  orEqual: boolean,
  into: Int32Array,
): void {
  if (pivotCount >= MANY) {
    const sorted = pivots.subarray(0, pivotCount).sort();
    mergeSorted(values.subarray(0, count).sort(), sorted, orEqual, into);
    return;
  }
  for (let at = 0; at < pivotCount; at++) {
    const pivot = pivots[at];
    let above = 0;
    if (orEqual) for (let index = 0; index < count; index++) above += Number(values[index] >= pivot);
    else for (let index = 0; index < count; index++) above += Number(values[index] > pivot);
    into[at] = above;
  }
}

function mergeSorted(values: Float64Array, pivots: Float64Array, orEqual: boolean, into: Int32Array): void {
  let below = 0;
  for (let at = 0; at < pivots.length; at++) {
    const pivot = pivots[at];
    while (below < values.length && (orEqual ? values[below] < pivot : values[below] <= pivot)) below++;
    into[at] = values.length - below;
  }
}
