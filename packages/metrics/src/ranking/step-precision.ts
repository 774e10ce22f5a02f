import { countAgainst } from './count-against';
import type { CurveCounts } from './curves/curve-of-runs';
import type { LabelRuns } from './gather-by-label';
import type { Area } from './score-classes';

/** Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct scores, from the highest down. */
export const stepPrecision: Area = { ofRuns, ofCurve };

function ofRuns({ positives, negatives, room }: LabelRuns): number {
  const { pivots, between, equal } = countAgainst(positives, negatives, room);
  let sum = 0;
  let above = 0;
  let falseAbove = 0;
  for (let at = pivots.length - 1; at >= 0; at--) {
    above += pivots[at];
    falseAbove += between[at + 1] + equal[at];
    sum += (pivots[at] * above) / (above + falseAbove);
  }
  return positives.length === 0 ? Number.NaN : sum / positives.length;
}

function ofCurve({ truePositives, falsePositives }: CurveCounts): number {
  const total = truePositives.at(-1) ?? 0;
  let sum = 0;
  let before = 0;
  for (let at = 0; at < truePositives.length; at++) {
    const above = truePositives[at];
    if (above > before) sum += ((above - before) * above) / (above + falsePositives[at]);
    before = above;
  }
  return total === 0 ? Number.NaN : sum / total;
}
