/** The least 64-bit float above a value, so that `score > value` is `score >= nextAbove(value)`; NaN, which nothing reaches, for infinity. */
export function nextAbove(value: number): number {
  if (value === Number.POSITIVE_INFINITY) return Number.NaN;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value + 0); // −0 is 0
  view.setBigInt64(0, view.getBigInt64(0) + (value >= 0 ? 1n : -1n));
  return view.getFloat64(0);
}
