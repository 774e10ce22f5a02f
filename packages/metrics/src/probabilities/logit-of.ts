import type { SigmoidCalibration } from './sigmoid-calibration';

/** The logit of a score; of a probability of 0 or 1 that of 2^−52 from it, as there is none. */
export function logitOf(score: number, from: SigmoidCalibration['from']): number {
  if (from === 'logits') return score;
  const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, score));
  return Math.log(p) - Math.log1p(-p);
}
