/** A calibration of each class: the probability is σ(slope · logit + intercept). Plain data: it can be kept as JSON. */
export interface SigmoidCalibration {
  /** What the scores are: `'logits'`, or `'probabilities'`, whose logits ln(p / (1 − p)) are meant. */
  readonly from: 'logits' | 'probabilities';
  /** One a class, or one for all; NaN where labels of only one kind were seen. */
  readonly slopes: readonly number[];
  readonly intercepts: readonly number[];
}

/** 1 / (1 + e^−x), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

/** The logit of a score. Probabilities of 0 and 1, which have none, are moved by 2^−52. */
export function logitOf(score: number, from: SigmoidCalibration['from']): number {
  if (from === 'logits') return score;
  const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, score));
  return Math.log(p) - Math.log1p(-p);
}
