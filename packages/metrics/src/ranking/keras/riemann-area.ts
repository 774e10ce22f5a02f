import type { ThresholdCounts } from './threshold-counts';

/** Keras' Riemann sums over the curve's points, every term rounded to float32 as Keras rounds it. */
export function riemannArea(
  { truePositives, falsePositives }: ThresholdCounts,
  curve: 'ROC' | 'PR',
  summation: 'interpolation' | 'minoring' | 'majoring',
): number {
  const { fround } = Math;
  const recall = truePositives.map((count) => divideNoNan(count, truePositives[0]));
  const x = curve === 'ROC' ? falsePositives.map((count) => divideNoNan(count, falsePositives[0])) : recall;
  const y =
    curve === 'ROC'
      ? recall
      : truePositives.map((count, at) => divideNoNan(count, fround(count + falsePositives[at])));
  let area = 0;
  for (let at = 0; at + 1 < x.length; at++) {
    const [left, right] = [y[at], y[at + 1]];
    const height =
      summation === 'interpolation'
        ? fround(left + right) / 2
        : summation === 'minoring'
          ? Math.min(left, right)
          : Math.max(left, right);
    area += fround(fround(x[at] - x[at + 1]) * height);
  }
  return area;
}

/** TensorFlow's `divide_no_nan` in float32: 0 if the denominator is 0. */
export function divideNoNan(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : Math.fround(numerator / denominator);
}
