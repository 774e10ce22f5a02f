import type { CheckedInputs } from '../input/check-inputs';

/** Edges that divide the known scores of a class into bins of equally many: quantiles, interpolated linearly (NumPy's default). */
export function quantileEdges(
  { rows, columns, scores, known }: CheckedInputs,
  column: number,
  bins: number,
): Float64Array {
  const own: number[] = [];
  for (let row = 0; row < rows; row++) {
    const index = row * columns + column;
    if (known?.[index] !== 0) own.push(scores[index]!);
  }
  const sorted = Float64Array.from(own).sort();
  return Float64Array.from({ length: bins + 1 }, (_, at) => {
    const place = (at / bins) * (sorted.length - 1);
    const below = Math.floor(place);
    const share = place - below;
    const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
    return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
  });
}
