/** Reorders a matrix that has one row and one column per label. */
export function reordered(data: ArrayLike<number>, order: readonly number[]): number[] {
  return order.flatMap((row) => order.map((column) => data[row * order.length + column]));
}
