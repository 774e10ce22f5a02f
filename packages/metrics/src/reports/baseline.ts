import { meanOf } from '../averaging/mean-of';

/** The metrics of predictions that use the base rate of a label, and nothing about the rows. */
export interface BaselineMetrics {
  /** ½, because a constant score ranks nothing. */
  readonly auc: number;
  /** The base rate. */
  readonly averagePrecision: number;
  /** 2p / (1 + p): every row is predicted to have the label, which gives the best F1. */
  readonly f1: number;
  /** max(p, 1 − p): the more frequent answer for every row. */
  readonly accuracy: number;
  /** The entropy −p ln p − (1 − p) ln(1 − p). */
  readonly logLoss: number;
  /** p (1 − p). */
  readonly brier: number;
}

/** The baseline of a class with base rate p; NaN if a metric is undefined, as F1 is without positives. */
export function baselineOf(p: number): BaselineMetrics {
  const term = (share: number) => (share === 0 ? 0 : -share * Math.log(share));
  const hasPositives = p > 0;
  return {
    auc: hasPositives && p < 1 ? 0.5 : Number.NaN,
    averagePrecision: hasPositives ? p : Number.NaN,
    f1: hasPositives ? (2 * p) / (1 + p) : Number.NaN,
    accuracy: Math.max(p, 1 - p),
    logLoss: term(p) + term(1 - p),
    brier: p * (1 - p),
  };
}

/** The mean of each metric over the classes for which it is defined. */
export function meanBaseline(classes: readonly BaselineMetrics[]): BaselineMetrics {
  const mean = (name: keyof BaselineMetrics) =>
    meanOf(
      classes.map((one) => one[name]),
      'skip',
    );
  return {
    auc: mean('auc'),
    averagePrecision: mean('averagePrecision'),
    f1: mean('f1'),
    accuracy: mean('accuracy'),
    logLoss: mean('logLoss'),
    brier: mean('brier'),
  };
}
