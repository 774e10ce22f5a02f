import type { CurveCounts } from './curve-counts';

/** A curve with only some of its corners. */
export function keepCorners(
  { scores, truePositives, falsePositives }: CurveCounts,
  keep: (at: number) => boolean,
): CurveCounts {
  const kept = Array.from(scores.keys()).filter(keep);
  const of = (values: Float64Array) => Float64Array.from(kept, (at) => values[at]!);
  return { scores: of(scores), truePositives: of(truePositives), falsePositives: of(falsePositives) };
}
