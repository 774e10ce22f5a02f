import { decisionRules, knownLabelRules } from '../input/option-rules';
import type { Matrix } from '../matrix-input';
import type { KnownLabelOptions, ThresholdOptions } from '../options';
import { binsRule } from '../probabilities/calibrate-classes';
import type { BootstrapOptions } from '../uncertainty/bootstrap';
import type { Interval } from '../uncertainty/intervals-of';
import type { BaselineMetrics } from './baseline';
import type { ClassificationReport, ClassReport } from './report-types';

/** Options of the intervals of `evaluateScores`. */
export type EvaluationIntervalOptions = Pick<
  BootstrapOptions,
  'resamples' | 'confidence' | 'seed' | 'method'
>;

/** Options of `evaluateScores`. */
export interface EvaluateScoresOptions
  extends KnownLabelOptions,
    Pick<ThresholdOptions, 'threshold' | 'comparison'> {
  /**
   * Whether to compute confidence intervals: of every metric of a class by closed formulas (for AUC
   * DeLong's), of the macro averages by `bootstrap`. `true` means 1000 resamples at level 0.95. Default
   * `false`.
   */
  readonly intervals?: boolean | EvaluationIntervalOptions;
  /** The number of bins of the calibration error. Default 15. */
  readonly bins?: number;
}

/** Rules of {@link EvaluateScoresOptions}; `bootstrap` checks the values of `intervals`. */
export const evaluationRules = {
  ...knownLabelRules,
  ...decisionRules,
  bins: binsRule,
  intervals: {
    accepts: (value: unknown) =>
      typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value)),
    expected: 'true, false or { resamples, confidence, seed, method }',
  },
};

/** One class of a {@link ScoreEvaluation}. */
export interface ClassEvaluation extends ClassReport {
  /** The threshold of the class' decisions. */
  readonly threshold: number;
  /** Rows for which the label is known. */
  readonly known: number;
  /** The share of positives among the known rows. */
  readonly baseRate: number;
  /** Rows for which the label was predicted: tp + fp. */
  readonly predicted: number;
  /** {@link expectedCalibrationError} of the class. */
  readonly calibrationError: number;
  /** {@link logLoss} of the class. */
  readonly logLoss: number;
  /** {@link brierScoreLoss} of the class. */
  readonly brier: number;
  /** The same metrics for predictions that use only the base rate. */
  readonly baseline: BaselineMetrics;
}

/**
 * The result of `evaluateScores`. Averages are over the classes for which the metric is defined;
 * `undefinedClasses` names the others.
 */
export interface ScoreEvaluation extends ClassificationReport {
  /** The number of rows. */
  readonly rows: number;
  readonly labels: readonly string[];
  /** For each class, the threshold of its decisions. */
  readonly thresholds: readonly number[];
  readonly perClass: readonly ClassEvaluation[];
  /** The same report with every threshold at ½, for comparison. */
  readonly atHalf: ClassificationReport;
  /** Macro average of the classes' calibration errors. */
  readonly calibrationError: number;
  /** Macro average of the classes' log losses. */
  readonly logLoss: number;
  /** Macro average of the classes' Brier scores. */
  readonly brier: number;
  /** Macro averages of the metrics of predictions that use only the base rates. */
  readonly baseline: BaselineMetrics;
  /** The classes that no row is predicted to have, at the thresholds. */
  readonly neverPredicted: readonly string[];
  /** The classes that no row is predicted to have, at ½. */
  readonly neverPredictedAtHalf: readonly string[];
  /** Intervals of the macro averages by bootstrap, if asked for. */
  readonly intervals?: EvaluationIntervals;
  /** The labels that were compared with, 0/1, rows × classes; 0 where a label isn't known. */
  readonly yTrue: Matrix & { readonly data: Uint8Array };
  /** The probabilities, rows × classes. */
  readonly yScore: Matrix & { readonly data: Float32Array | Float64Array };
  /** 1 where a label is known, else 0; left out if all are known. */
  readonly known?: Matrix & { readonly data: Uint8Array };
  /** The numbers without `yTrue`, `yScore` and `known`, which JSON would write as objects with a key per cell. */
  toJSON(): Omit<ScoreEvaluation, 'yTrue' | 'yScore' | 'known' | 'toJSON' | 'toString'>;
  /** An aligned text table, with three decimals: the result of {@link formatEvaluation} without options. */
  toString(): string;
}

/** Intervals of macro averages by {@link bootstrap}. */
export interface EvaluationIntervals {
  /** The level, such as 0.95. */
  readonly confidence: number;
  readonly method: 'percentile' | 'basic';
  readonly resamples: number;
  readonly macro: {
    readonly auc: Interval;
    readonly averagePrecision: Interval;
    readonly f1: Interval;
  };
}
