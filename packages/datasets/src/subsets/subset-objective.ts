/**
 * The objective that a search minimises, as a function of Σ c and Σ c² over the labels, with c the positives of a
 * label.
 */
export interface SubsetObjective {
  readonly value: (sum: number, squares: number) => number;
  /** Derivatives by Σ c² and by Σ c, both times the same positive number; for a sum above 0. */
  readonly slopes: (sum: number, squares: number) => readonly [ofSquares: number, ofSum: number];
}

/** (std / mean)² plus one, over the number of labels. Infinite without positives. */
export const relativeSpread: SubsetObjective = {
  value: (sum, squares) => (sum === 0 ? Number.POSITIVE_INFINITY : squares / (sum * sum)),
  slopes: (sum, squares) => [1 / squares, -2 / sum],
};

/** Σ (c − level)²: the squared distance from as many positives of every label. */
export function distanceFrom(level: number, labelCount: number): SubsetObjective {
  const constant = labelCount * level * level;
  return {
    value: (sum, squares) => squares - 2 * level * sum + constant,
    slopes: () => [1, -2 * level],
  };
}
