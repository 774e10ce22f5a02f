/** The bin (k/bins, (k+1)/bins] in which a score of [0, 1] falls; 0 falls into the first. */
export function uniformBin(score: number, bins: number): number {
  const guess = Math.min(bins - 1, Math.max(0, Math.ceil(score * bins) - 1));
  // The product is rounded: the edges themselves decide.
  if (score <= guess / bins && guess > 0) return guess - 1;
  return score > (guess + 1) / bins && guess + 1 < bins ? guess + 1 : guess;
}
