/** A matrix of labels in another order of them, row by row. */
export function reordered(data: ArrayLike<number>, order: readonly number[]): number[] {
  return order.flatMap((row) => order.map((column) => data[row * order.length + column]!));
}
