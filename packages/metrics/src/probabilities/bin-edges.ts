import type { CheckedInputs } from '../input/check-inputs';

/** The bin (k/bins, (k+1)/bins] in which a score of [0, 1] falls; 0 falls into the first. */
export function uniformBin(score: number, bins: number): number {
  const guess = Math.min(bins - 1, Math.max(0, Math.ceil(score * bins) - 1));
  // The product is rounded, so the score is compared with the edges themselves.
  if (score <= guess / bins && guess > 0) return guess - 1;
  return score > (guess + 1) / bins && guess + 1 < bins ? guess + 1 : guess;
}

/** The edges of bins of equal width that divide [0, 1]. */
export function uniformEdges(bins: number): Float64Array {
  return Float64Array.from({ length: bins + 1 }, (_, at) => at / bins);
}

/**
 * Edges of bins that hold equally many known scores of a class: quantiles, interpolated linearly (NumPy's
 * default).
 */
export function quantileEdges(
  { rows, columns, scores, known }: CheckedInputs,
  column: number,
  bins: number,
): Float64Array {
  const own: number[] = [];
  for (let row = 0; row < rows; row++) {
    const index = row * columns + column;
    if (known?.[index] !== 0) own.push(scores[index]);
  }
  const sorted = Float64Array.from(own).sort();
  return Float64Array.from({ length: bins + 1 }, (_, at) => {
    const place = (at / bins) * (sorted.length - 1);
    const below = Math.floor(place);
    const share = place - below;
    const [low, high] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
    return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
  });
}
