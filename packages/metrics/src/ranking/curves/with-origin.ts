import type { CurveCounts } from './curve-of-runs';

/** A curve that starts where nothing is predicted positive: at the threshold Infinity. */
export function withOrigin({ scores, truePositives, falsePositives }: CurveCounts): CurveCounts {
  const behind = (first: number, values: Float64Array) => {
    const out = new Float64Array(values.length + 1);
    out[0] = first;
    out.set(values, 1);
    return out;
  };
  return {
    scores: behind(Number.POSITIVE_INFINITY, scores),
    truePositives: behind(0, truePositives),
    falsePositives: behind(0, falsePositives),
  };
}
