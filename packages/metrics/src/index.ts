export { accuracyScore } from './accuracy-score';
export { averagePrecisionScore } from './average-precision-score';
export { classificationReport } from './classification-report';
export { type ConfusionCounts, confusionCounts } from './confusion-counts';
export type { AveragedRatioOptions } from './counts/score-ratio';
export {
  EmptyInputError,
  LabelShapeError,
  LabelValueError,
  OptionValueError,
  ScoreValueError,
  UnknownOptionError,
} from './errors';
export { f1Score } from './f1-score';
export { hammingLoss } from './hamming-loss';
export { type KerasAucOptions, kerasAuc } from './keras-auc';
export type { Matrix, MatrixInput, TensorLike } from './matrix-input';
export type {
  Average,
  Averaged,
  ClassAverage,
  Comparison,
  LabelOptions,
  RatioOptions,
  ThresholdOptions,
  UndefinedPolicy,
} from './options';
export {
  type FbetaOptions,
  type PrecisionRecallFscoreSupport,
  precisionRecallFscoreSupport,
} from './precision-recall-fscore-support';
export { precisionScore } from './precision-score';
export { recallScore } from './recall-score';
export type {
  ClassificationReport,
  ClassificationReportOptions,
  ClassReport,
  ReportMetric,
  ReportMetrics,
} from './report/report-types';
export { type RankingOptions, rocAucScore } from './roc-auc-score';
export { undefinedClasses } from './undefined-classes';
