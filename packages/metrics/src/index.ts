export { ThawError } from '@thawjs/errors';
export { accuracyScore } from './decisions/accuracy-score';
export { balancedAccuracyScore } from './decisions/balanced-accuracy-score';
export { cohenKappaScore } from './decisions/cohen-kappa-score';
export { type ConfusionCounts, confusionCounts } from './decisions/confusion-counts';
export { f1Score } from './decisions/f1-score';
export { fbetaScore } from './decisions/fbeta-score';
export {
  type FitThresholdsOptions,
  type FittedThresholds,
  fitThresholds,
  type ThresholdObjective,
} from './decisions/fit-thresholds';
export { hammingLoss } from './decisions/hamming-loss';
export { jaccardScore } from './decisions/jaccard-score';
export { matthewsCorrcoef } from './decisions/matthews-corrcoef';
export {
  type ConfusionMatrix,
  type MultilabelConfusionMatrixOptions,
  multilabelConfusionMatrix,
} from './decisions/multilabel-confusion-matrix';
export { negativePredictiveValue } from './decisions/negative-predictive-value';
export {
  type FbetaOptions,
  type PrecisionRecallFscoreSupport,
  precisionRecallFscoreSupport,
} from './decisions/precision-recall-fscore-support';
export { precisionScore } from './decisions/precision-score';
export { recallScore } from './decisions/recall-score';
export type { AveragedRatioOptions } from './decisions/score-ratio';
export { specificity } from './decisions/specificity';
export { zeroOneLoss } from './decisions/zero-one-loss';
export {
  AccumulatorMergeError,
  AccumulatorStateError,
  EmptyInputError,
  LabelShapeError,
  LabelValueError,
  OptionValueError,
  SampleWeightError,
  ScoreValueError,
  UnknownOptionError,
} from './errors';
export { clusterOrder } from './labels/cluster-order';
export { imbalanceRatioPerLabel } from './labels/imbalance-ratio-per-label';
export { labelCardinality } from './labels/label-cardinality';
export type { LabelMatrix } from './labels/label-cooccurrence';
export { type LabelCooccurrence, labelCooccurrence } from './labels/label-cooccurrence';
export { labelCorrelation } from './labels/label-correlation';
export { labelDensity } from './labels/label-density';
export {
  type LabelStatistic,
  type LabelStatistics,
  labelStatistics,
} from './labels/label-statistics';
export { leavesList } from './labels/leaves-list';
export { type Linkage, type LinkageMethod, type LinkageOptions, linkage } from './labels/linkage';
export { type MeanImbalanceRatioOptions, meanImbalanceRatio } from './labels/mean-imbalance-ratio';
export { positiveCounts } from './labels/positive-counts';
export { type Scumble, type ScumbleOptions, type ScumbleScope, scumble } from './labels/scumble';
export type { Matrix, MatrixInput, TensorLike } from './matrix-input';
export type {
  Average,
  Averaged,
  ClassAverage,
  CodingOptions,
  Comparison,
  ExactRowsOptions,
  InputOptions,
  KnownLabelOptions,
  LabelCoding,
  LabelOptions,
  RatioOptions,
  StreamingOptions,
  ThresholdOptions,
  UndefinedPolicy,
} from './options';
export { brierScoreLoss } from './probabilities/brier-score-loss';
export type { CalibrationOptions } from './probabilities/calibrate-classes';
export { calibrateScores, type Probabilities } from './probabilities/calibrate-scores';
export { calibrationCurve } from './probabilities/calibration-curve';
export type { FitCalibrationOptions } from './probabilities/calibration-data';
export type { CalibrationErrorOptions } from './probabilities/calibration-error';
export type { CalibrationBin, ClassCalibration } from './probabilities/class-calibration';
export { expectedCalibrationError } from './probabilities/expected-calibration-error';
export { type LogLossOptions, logLoss } from './probabilities/log-loss';
export { maximumCalibrationError } from './probabilities/maximum-calibration-error';
export type { LossOptions } from './probabilities/mean-of-cells';
export { plattScaling } from './probabilities/platt-scaling';
export type { SigmoidCalibration } from './probabilities/sigmoid-calibration';
export { temperatureScaling } from './probabilities/temperature-scaling';
export { averagePrecisionScore } from './ranking/average-precision-score';
export type { CurveAverage, CurveOptions, Curves } from './ranking/curves/curve-options';
export { type DetCurve, detCurve } from './ranking/curves/det-curve';
export { type PrecisionRecallCurve, precisionRecallCurve } from './ranking/curves/precision-recall-curve';
export { type RocCurve, rocCurve } from './ranking/curves/roc-curve';
export { type KerasAucOptions, kerasAuc } from './ranking/keras/keras-auc';
export { type RankingOptions, type RocAucOptions, rocAucScore } from './ranking/roc-auc-score';
export { coverageError } from './ranking/rows/coverage-error';
export { labelRankingAveragePrecisionScore } from './ranking/rows/label-ranking-average-precision-score';
export { labelRankingLoss } from './ranking/rows/label-ranking-loss';
export { type NdcgOptions, ndcgScore } from './ranking/rows/ndcg-score';
export { oneError } from './ranking/rows/one-error';
export { precisionAtK } from './ranking/rows/precision-at-k';
export { recallAtK } from './ranking/rows/recall-at-k';
export type { TopKOptions } from './ranking/rows/top-k-options';
export type { BaselineMetrics } from './reports/baseline';
export { classificationReport } from './reports/classification-report';
export {
  type ClassComparison,
  type ComparisonCounts,
  compare,
  type ReportComparison,
} from './reports/compare';
export { confusionColumns } from './reports/confusion-columns';
export { evaluateScores } from './reports/evaluate-scores';
export {
  type EvaluationColumn,
  type FormatEvaluationOptions,
  formatEvaluation,
} from './reports/format-evaluation';
export { type FormatReportOptions, formatReport } from './reports/format-report';
export type { MetricChange, MetricChanges } from './reports/metric-changes';
export type { MetricGap, MetricGaps } from './reports/metric-gaps';
export {
  type GroupedReport,
  type GroupName,
  type GroupReport,
  type ReportByGroupOptions,
  reportByGroup,
} from './reports/report-by-group';
export type {
  ClassificationReport,
  ClassificationReportOptions,
  ClassReport,
  ReportColumn,
  ReportMetric,
  ReportMetricName,
  ReportMetrics,
} from './reports/report-types';
export type {
  ClassEvaluation,
  EvaluateScoresOptions,
  EvaluationIntervalOptions,
  EvaluationIntervals,
  ScoreEvaluation,
} from './reports/score-evaluation';
export { undefinedClasses } from './reports/undefined-classes';
export type { TableFormat } from './reports/write-table';
export type { Accumulator } from './streaming/accumulator';
export {
  CalibrationAccumulator,
  type CalibrationBinsOptions,
  type CalibrationState,
} from './streaming/calibration-accumulator';
export type { StateHead } from './streaming/check-state';
export {
  ConfusionCountsAccumulator,
  type ConfusionCountsState,
  type CountedScoresOptions,
} from './streaming/confusion-counts-accumulator';
export { KerasAucAccumulator, type KerasAucState } from './streaming/keras-auc-accumulator';
export { RocAucAccumulator, type RocAucState } from './streaming/roc-auc-accumulator';
export {
  type BootstrapMetric,
  type BootstrapOptions,
  type Bootstrapped,
  bootstrap,
} from './uncertainty/bootstrap';
export { type DelongTest, delongTest } from './uncertainty/delong-test';
export type { Interval } from './uncertainty/intervals-of';
export { type McnemarOptions, type McnemarTest, mcnemarTest } from './uncertainty/mcnemar-test';
export { type RocAucInterval, rocAucInterval } from './uncertainty/roc-auc-interval';
export type { TestOptions } from './uncertainty/test-options';
