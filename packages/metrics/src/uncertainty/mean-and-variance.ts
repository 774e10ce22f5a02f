/**
 * The mean of placements, or of their differences, and DeLong's estimate of its variance: the variance of the
 * positives' mean plus that of the negatives' mean.
 */
export function meanAndVariance(
  truth: Uint8Array,
  values: Float64Array,
): { readonly mean: number; readonly variance: number } {
  const ofKind = (kind: number) => values.filter((_, row) => truth[row] === kind);
  const [positives, negatives] = [moments(ofKind(1)), moments(ofKind(0))];
  return {
    mean: positives.mean,
    variance: positives.variance / positives.count + negatives.variance / negatives.count,
  };
}

function moments(values: Float64Array): { mean: number; variance: number; count: number } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { mean, variance, count };
}
