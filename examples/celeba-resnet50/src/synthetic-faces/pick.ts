/** The entry of a list that a number in [0, 1) falls on. */
export function pick<T>(list: readonly T[], uniform: number): T {
  return list[Math.min(list.length - 1, Math.floor(uniform * list.length))]!;
}
