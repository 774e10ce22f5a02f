/** A metric of one 2×2 table; 0/0 is NaN. */
export type Ratio = (tp: number, fp: number, fn: number, tn: number) => number;

export const precision: Ratio = (tp, fp) => tp / (tp + fp);

export const recall: Ratio = (tp, _fp, fn) => tp / (tp + fn);

export const specificity: Ratio = (_tp, fp, _fn, tn) => tn / (tn + fp);

export const negativePredictiveValue: Ratio = (_tp, _fp, fn, tn) => tn / (tn + fn);

export const jaccard: Ratio = (tp, fp, fn) => tp / (tp + fp + fn);

export const balancedAccuracy: Ratio = (tp, fp, fn, tn) => (tp / (tp + fn) + tn / (tn + fp)) / 2;

export const matthews: Ratio = (tp, fp, fn, tn) =>
  (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn)) / Math.sqrt((tn + fp) * (tn + fn));

export const kappa: Ratio = (tp, fp, fn, tn) =>
  (2 * (tp * tn - fp * fn)) / ((tp + fp) * (fp + tn) + (tp + fn) * (fn + tn));

export const accuracy: Ratio = (tp, fp, fn, tn) => (tp + tn) / (tp + fp + fn + tn);

/** 1 − {@link accuracy}. */
export const errorRate: Ratio = (tp, fp, fn, tn) => (fp + fn) / (tp + fp + fn + tn);

/**
 * Computed from the counts, not from precision and recall. It is therefore undefined only if there are
 * neither positives nor positive predictions.
 */
export const fbeta =
  (beta: number): Ratio =>
  (tp, fp, fn) =>
    ((1 + beta ** 2) * tp) / (beta ** 2 * (tp + fn) + tp + fp);
