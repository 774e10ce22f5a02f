import type { CurveCounts } from './curve-of-runs';

/** Adds the first point of a curve: at the threshold Infinity, nothing is predicted positive. */
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
