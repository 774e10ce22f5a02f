/** A metric of one 2×2 table; 0/0 is NaN. */
export type Ratio = (tp: number, fp: number, fn: number, tn: number) => number;

export const precision: Ratio = (tp, fp) => tp / (tp + fp);

export const recall: Ratio = (tp, _fp, fn) => tp / (tp + fn);

export const specificity: Ratio = (_tp, fp, _fn, tn) => tn / (tn + fp);

export const accuracy: Ratio = (tp, fp, fn, tn) => (tp + tn) / (tp + fp + fn + tn);

/** From the counts, not from precision and recall: undefined only where there is neither a positive nor a positive prediction. */
export const fbeta =
  (beta: number): Ratio =>
  (tp, fp, fn) =>
    ((1 + beta ** 2) * tp) / (beta ** 2 * (tp + fn) + tp + fp);
