import type { CurveCounts } from './curve-counts';
import type { Area } from './score-classes';
import type { SortedByLabel } from './sort-by-label';

/** Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct scores, from the highest down. */
export const stepPrecision: Area = { ofRuns, ofCurve };

function ofRuns({ positives, negatives }: SortedByLabel): number {
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

function ofCurve({ truePositives, falsePositives }: CurveCounts): number {
  const total = truePositives.at(-1) ?? 0;
  let sum = 0;
  let before = 0;
  for (let at = 0; at < truePositives.length; at++) {
    const above = truePositives[at]!;
    if (above > before) sum += ((above - before) * above) / (above + falsePositives[at]!);
    before = above;
  }
  return total === 0 ? Number.NaN : sum / total;
}
