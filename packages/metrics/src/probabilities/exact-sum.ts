/**
 * A sum of floats without rounding, as a few floats that don't overlap (Shewchuk 1997, "Adaptive precision floating-point
 * arithmetic"; Python's `math.fsum`): whatever the order in which values come, its rounding is the same.
 */
export type ExactSum = number[];

/** Adds a value. A sum has as many parts as the exponents of its values are apart: some, however many values. */
export function addExactly(sum: ExactSum, value: number): void {
  let carried = value;
  let kept = 0;
  for (let at = 0; at < sum.length; at++) {
    const part = sum[at];
    const total = carried + part;
    // The rounding error of the addition (Knuth's two-sum, which asks not which is larger).
    const back = total - carried;
    const rest = carried - (total - back) + (part - back);
    if (rest !== 0) sum[kept++] = rest;
    carried = total;
  }
  sum.length = kept;
  sum.push(carried);
}

/** The float nearest to the sum; halfway to the even one. */
export function roundExactly(sum: readonly number[]): number {
  let at = sum.length - 1;
  if (at < 0) return 0;
  let total = sum[at];
  let rest = 0;
  while (at > 0 && rest === 0) {
    const before = total;
    const part = sum[--at];
    total = before + part;
    rest = part - (total - before);
  }
  // Halfway between two floats, and more of the same sign below: `total` was rounded to even, but lies past the half.
  if (at > 0 && Math.sign(rest) === Math.sign(sum[at - 1])) {
    const twice = 2 * rest;
    const other = total + twice;
    if (twice === other - total) return other;
  }
  return total;
}
