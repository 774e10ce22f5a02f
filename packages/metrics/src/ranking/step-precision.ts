import type { SortedByLabel } from './sort-by-label';

/** Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct scores, from the highest down. */
export function stepPrecision({ positives, negatives }: SortedByLabel): number {
  if (positives.length === 0) return Number.NaN;
  let sum = 0;
  let above = 0;
  let falseAbove = 0;
  while (above < positives.length) {
    const score = positives[positives.length - 1 - above]!;
    const before = above;
    while (above < positives.length && positives[positives.length - 1 - above] === score) above++;
    while (falseAbove < negatives.length && negatives[negatives.length - 1 - falseAbove]! >= score)
      falseAbove++;
    sum += ((above - before) * above) / (above + falseAbove);
  }
  return sum / positives.length;
}
