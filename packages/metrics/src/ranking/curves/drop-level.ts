import { type CurveCounts, keepCorners } from './curve-of-runs';

/** Removes corners whose true positives equal those of both neighbours. */
export function dropLevel(counts: CurveCounts): CurveCounts {
  const { truePositives } = counts;
  const last = truePositives.length - 1;
  return keepCorners(
    counts,
    (at) =>
      at === 0 ||
      at === last ||
      truePositives[at] !== truePositives[at - 1] ||
      truePositives[at] !== truePositives[at + 1],
  );
}
