/**
 * The complementary error function for x ≥ 0, to 14 digits of its value: below 2 from Kummer's series, whose terms are all positive
 * (Abramowitz and Stegun 7.1.6), above from its continued fraction (7.1.14) by Lentz's method.
 */
export function erfc(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < 2 ? 1 - series(x) : fraction(x);
}

function series(x: number): number {
  let term = (2 * x * Math.exp(-x * x)) / Math.sqrt(Math.PI);
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return sum;
}

/** erfc x = e^(−x²) / √π · 1 / (x + ½ / (x + 1 / (x + 3⁄2 / (x + 2 / (x + …))))) */
function fraction(x: number): number {
  let value = x;
  let above = x;
  let below = 0;
  for (let n = 1; n < 500; n++) {
    below = 1 / (x + (n / 2) * below);
    above = x + n / 2 / above;
    const change = above * below;
    value *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / value;
}
