/** The axes of an array without its channels. */
export function allButLast(rank: number): number[] {
  return Array.from({ length: rank - 1 }, (_, axis) => axis);
}
