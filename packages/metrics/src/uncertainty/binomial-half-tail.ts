/** P(X ≤ k) for X binomial with n trials and probability ½, k at most n / 2. */
export function binomialHalfTail(k: number, n: number): number {
  // P(X = k). Factors of ½ alternate with those of the binomial coefficient, so that nothing overflows.
  let term = 1;
  let halvings = n;
  for (let at = 1; at <= k; at++) {
    term *= (n - k + at) / at;
    while (term > 1 && halvings > 0) {
      term /= 2;
      halvings--;
    }
  }
  term *= 2 ** -halvings;
  // Each smaller term is a known fraction of the previous one.
  let sum = 0;
  for (let at = k; at >= 0 && term > sum * 1e-18; at--) {
    sum += term;
    term *= at / (n - at + 1);
  }
  return sum;
}
