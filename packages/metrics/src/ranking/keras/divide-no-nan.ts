/** TensorFlow's `divide_no_nan` in float32: 0 where the denominator is 0. */
export function divideNoNan(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : Math.fround(numerator / denominator);
}
