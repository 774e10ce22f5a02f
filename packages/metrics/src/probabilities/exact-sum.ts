/**
 * A sum of floats without rounding, as a few floats that don't overlap (Shewchuk 1997, "Adaptive precision
 * floating-point arithmetic"; Python's `math.fsum`). Its rounded value doesn't depend on the order in which
 * values are added.
 */
export type ExactSum = number[];

/**
 * Adds a value. The number of parts depends on how far apart the exponents of the values are, not on the
 * number of values.
 */
export function addExactly(sum: ExactSum, value: number): void {
  let carried = value;
  let kept = 0;
  for (let at = 0; at < sum.length; at++) {
    const part = sum[at];
    const total = carried + part;
    // The rounding error of the addition (Knuth's two-sum, which works whichever operand is larger).
    const back = total - carried;
    const rest = carried - (total - back) + (part - back);
    if (rest !== 0) sum[kept++] = rest;
    carried = total;
  }
  sum.length = kept;
  sum.push(carried);
}

/** The float nearest to the sum; a tie goes to the even one. */
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
  // `total` was rounded to the even float from halfway. A further part of the same sign means that the sum is
  // beyond it.
  if (at > 0 && Math.sign(rest) === Math.sign(sum[at - 1])) {
    const twice = 2 * rest;
    const other = total + twice;
    if (twice === other - total) return other;
  }
  return total;
}
