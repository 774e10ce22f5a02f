/** A matrix with a row and a column per label, with the labels in another order. */
export function reordered(data: ArrayLike<number>, order: readonly number[]): number[] {
  return order.flatMap((row) => order.map((column) => data[row * order.length + column]));
}
