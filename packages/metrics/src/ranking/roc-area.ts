import { areaUnderRoc } from './area-under-roc';
import { type CurveCounts, curveOfRuns } from './curves/curve-of-runs';
import type { Area } from './score-classes';

/** The area under the whole ROC curve. */
export const wholeRocArea: Area = { ofRuns: areaUnderRoc, ofCurve: (curve) => trapezoids(curve, 1) };

/** The standardised area left of a false positive rate (McClish 1989): ½ without skill, 1 at best. */
export function partialRocArea(maxFpr: number): Area {
  if (maxFpr === 1) return wholeRocArea;
  const least = maxFpr ** 2 / 2;
  const ofCurve = (curve: CurveCounts) => (1 + (trapezoids(curve, maxFpr) - least) / (maxFpr - least)) / 2;
  return {
    ofRuns: ({ positives, negatives, room }) =>
      ofCurve(curveOfRuns({ positives: room.sort(positives), negatives: room.sort(negatives) })),
    ofCurve,
  };
}

/** The area between the corners up to a false positive rate; NaN if all labels are the same. */
function trapezoids({ truePositives, falsePositives }: CurveCounts, maxFpr: number): number {
  const positives = truePositives.at(-1) ?? 0;
  const negatives = falsePositives.at(-1) ?? 0;
  if (positives === 0 || negatives === 0) return Number.NaN;
  const end = maxFpr * negatives;
  let [area, left, low] = [0, 0, 0];
  for (let at = 0; at < truePositives.length && left < end; at++) {
    const [right, high] = [falsePositives[at], truePositives[at]];
    // The last trapezoid is cut at the false positive rate.
    const share = right > end ? (end - left) / (right - left) : 1;
    const reached = low + share * (high - low);
    area += share * (right - left) * (low + reached);
    [left, low] = [right, high];
  }
  return area / (2 * positives * negatives);
}
