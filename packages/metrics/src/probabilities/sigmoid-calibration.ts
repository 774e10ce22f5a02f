/** A calibration of each class: the probability is σ(slope · logit + intercept). Plain data: it can be kept as JSON. */
export interface SigmoidCalibration {
  /** What the scores are: `'logits'`, or `'probabilities'`, whose logits ln(p / (1 − p)) are meant. */
  readonly from: 'logits' | 'probabilities';
  /** One a class, or one for all; NaN where labels of only one kind were seen. */
  readonly slopes: readonly number[];
  readonly intercepts: readonly number[];
}
