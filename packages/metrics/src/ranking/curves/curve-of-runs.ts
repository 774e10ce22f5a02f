import { scoresOfKeys } from '../score-keys';
import type { SortedByLabel } from '../sort-by-label';

/** The corners of a column's curves from its two sorted runs. */
export function curveOfRuns({ positives, negatives }: SortedByLabel): CurveCounts {
  const most = positives.length + negatives.length;
  const keys = positives instanceof Uint32Array ? new Uint32Array(most) : new Float64Array(most);
  const truePositives = new Float64Array(most);
  const falsePositives = new Float64Array(most);
  let [corners, hits, falseHits] = [0, 0, 0];
  while (hits < positives.length || falseHits < negatives.length) {
    const positive =
      hits < positives.length ? positives[positives.length - 1 - hits] : Number.NEGATIVE_INFINITY;
    const negative =
      falseHits < negatives.length ? negatives[negatives.length - 1 - falseHits] : Number.NEGATIVE_INFINITY;
    const key = Math.max(positive, negative);
    while (hits < positives.length && positives[positives.length - 1 - hits] === key) hits++;
    while (falseHits < negatives.length && negatives[negatives.length - 1 - falseHits] === key) falseHits++;
    keys[corners] = key;
    truePositives[corners] = hits;
    falsePositives[corners] = falseHits;
    corners++;
  }
  return {
    scores: scoresOfKeys(keys.subarray(0, corners)),
    truePositives: truePositives.subarray(0, corners),
    falsePositives: falsePositives.subarray(0, corners),
  };
}

/**
 * The counts at or above each distinct score, from the highest score down: the corners of every curve
 * (scikit-learn's `confusion_matrix_at_thresholds`). They are numbers of rows, or sums of sample weights.
 */
export interface CurveCounts {
  readonly scores: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
}

/** The same curve with only some of its corners. */
export function keepCorners(
  { scores, truePositives, falsePositives }: CurveCounts,
  keep: (at: number) => boolean,
): CurveCounts {
  const kept = Array.from(scores.keys()).filter(keep);
  const of = (values: Float64Array) => Float64Array.from(kept, (at) => values[at]);
  return { scores: of(scores), truePositives: of(truePositives), falsePositives: of(falsePositives) };
}
