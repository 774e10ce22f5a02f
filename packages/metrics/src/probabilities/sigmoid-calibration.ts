/**
 * A calibration of each class: the probability is σ(slope · logit + intercept). Plain data, which can be
 * stored as JSON.
 */
export interface SigmoidCalibration {
  /**
   * What the scores are: `'logits'`, or `'probabilities'`, which are first turned into logits ln(p / (1 −
   * p)).
   */
  readonly from: 'logits' | 'probabilities';
  /** One per class, or one for all; NaN if all labels were of one kind. */
  readonly slopes: readonly number[];
  readonly intercepts: readonly number[];
}

/** 1 / (1 + e^−x), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

/** The logit of a score. Probabilities of 0 and 1, whose logits are infinite, are moved by 2^−52 first. */
export function logitOf(score: number, from: SigmoidCalibration['from']): number {
  if (from === 'logits') return score;
  const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, score));
  return Math.log(p) - Math.log1p(-p);
}
