import { ratioRules } from '../input/option-rules';
import type { RatioOptions } from '../options';
import type { Interval } from '../uncertainty/intervals-of';
import { confidenceRule } from '../uncertainty/test-options';

/** Options of {@link classificationReport}. */
export interface ClassificationReportOptions extends RatioOptions {
  /** Level of the confidence intervals of every class' metrics, such as 0.95. Default: no intervals. */
  readonly confidence?: number;
}

/** The metrics of one class, or an average of them. */
export interface ReportMetrics {
  /** tp / (tp + fp). */
  readonly precision: number;
  /** tp / (tp + fn). */
  readonly recall: number;
  /** tn / (tn + fp). */
  readonly specificity: number;
  /** 2 tp / (2 tp + fp + fn). */
  readonly f1: number;
  /** (tp + tn) / rows. */
  readonly accuracy: number;
  /** Exact area under the ROC curve; independent of the threshold. */
  readonly auc: number;
  /** Average precision; independent of the threshold. */
  readonly averagePrecision: number;
  /** The number of positives; in an average, of all classes together. */
  readonly support: number;
}

/** One class of a {@link ClassificationReport}. */
export interface ClassReport extends ReportMetrics {
  readonly label: string;
  readonly tn: number;
  readonly fp: number;
  readonly fn: number;
  readonly tp: number;
  /** support / the largest support of a class. */
  readonly supportNorm: number;
  /** Present if `confidence` was given. Both ends are NaN for an undefined metric. */
  readonly intervals?: Readonly<Record<ReportMetricName, Interval>>;
}

/** The metrics of a report that are numbers in [0, 1]. */
export type ReportMetricName = Exclude<keyof ReportMetrics, 'support'>;

/** The metrics of a report that can be undefined for a class. */
export type ReportMetric = Exclude<ReportMetricName, 'accuracy'>;

/** A column of a report: a count or a metric of {@link ClassReport}. */
export type ReportColumn = Exclude<keyof ClassReport, 'label' | 'intervals'>;

/** The result of {@link classificationReport}. */
export interface ClassificationReport {
  /** One entry per class, in the order of the columns. */
  readonly perClass: readonly ClassReport[];
  /** Mean over the classes. */
  readonly macro: ReportMetrics;
  /** Computed from the pooled counts, or pairs. */
  readonly micro: ReportMetrics;
  /** Mean over the classes, weighted by their positives. */
  readonly weighted: ReportMetrics;
  /**
   * For each metric the classes for which it is undefined, even if `zeroDivision` or `undefined` replaced the
   * value.
   */
  readonly undefinedClasses: Readonly<Record<ReportMetric, readonly string[]>>;
  /** An aligned text table, with three decimals: the result of {@link formatReport} without options. */
  toString(): string;
}

/** Rules of {@link ClassificationReportOptions}. */
export const reportRules = {
  ...ratioRules,
  confidence: confidenceRule,
};
