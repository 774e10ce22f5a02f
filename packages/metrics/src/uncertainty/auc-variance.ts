import type { SortedByLabel } from '../ranking/sort-by-label';

/**
 * DeLong's estimate of the variance of an area under the ROC curve (DeLong, DeLong and Clarke-Pearson 1988).
 * It is the variance of the share of negatives below each positive (ties count half) divided by the number of
 * positives, plus the same for the negatives. Each part takes one sweep over two sorted runs (Sun and Xu
 * 2014). NaN if either label has fewer than two rows.
 */
export function aucVariance({ positives, negatives }: SortedByLabel): number {
  return (
    placementVariance(positives, negatives) / positives.length +
    placementVariance(negatives, positives) / negatives.length
  );
}

type Run = SortedByLabel['positives'];

/**
 * The sample variance of the share of `others` below each value of `run`. Counts are in half rows, as
 * integers, until the end.
 */
function placementVariance(run: Run, others: Run): number {
  const count = run.length;
  const placements = new Float64Array(count);
  let below = 0;
  let notAbove = 0;
  for (let index = 0; index < count; index++) {
    const score = run[index];
    while (below < others.length && others[below] < score) below++;
    if (notAbove < below) notAbove = below;
    while (notAbove < others.length && others[notAbove] === score) notAbove++;
    placements[index] = (below + notAbove) / (2 * others.length);
  }
  const mean = placements.reduce((sum, placement) => sum + placement, 0) / count;
  return placements.reduce((sum, placement) => sum + (placement - mean) ** 2, 0) / (count - 1);
}
