import { meanOf } from '../averaging/mean-of';
import { f1Score } from '../decisions/f1-score';
import type { CheckedInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import type { Matrix, MatrixInput } from '../matrix-input';
import { brierScoreLoss } from '../probabilities/brier-score-loss';
import { checkProbabilities } from '../probabilities/check-probabilities';
import { expectedCalibrationError } from '../probabilities/expected-calibration-error';
import { logLoss } from '../probabilities/log-loss';
import { averagePrecisionScore } from '../ranking/average-precision-score';
import { rocAucScore } from '../ranking/roc-auc-score';
import { type BootstrapMetric, bootstrap } from '../uncertainty/bootstrap';
import { baselineOf, meanBaseline } from './baseline';
import { formatEvaluation } from './format-evaluation';
import { formatReport } from './format-report';
import { printable } from './printable';
import { rankColumns } from './rank-columns';
import { reportOf } from './report-of';
import type { ClassificationReport } from './report-types';
import {
  type ClassEvaluation,
  type EvaluateScoresOptions,
  type EvaluationIntervalOptions,
  type EvaluationIntervals,
  evaluationRules,
  type ScoreEvaluation,
} from './score-evaluation';

const CONFIDENCE = 0.95;

/**
 * All metrics of a multilabel evaluation in one object that prints as a table: areas, decisions at the given
 * thresholds and at ½, calibration, and the metrics that the base rates alone would reach.
 *
 * Every number is computed by the function of its name: {@link classificationReport},
 * {@link expectedCalibrationError}, {@link logLoss}, {@link brierScoreLoss}. `baseline` has the metrics of
 * predictions that use only how frequent a label is.
 *
 * - Averages leave out classes for which a metric is undefined; `undefinedClasses` names them.
 * - `neverPredicted` names the classes that are predicted for no row. Often the threshold is too high for a
 *   rare label: fit thresholds on validation rows with {@link fitThresholds}.
 * - Intervals assume independent rows: several images of the same person make them too narrow.
 * - `JSON.stringify` keeps the numbers and leaves out the matrices. An undefined number becomes null;
 *   {@link formatEvaluation} takes the parsed text, too.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yProb probabilities of the same shape, in [0, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError also for scores outside [0, 1], EmptyInputError, UnknownOptionError,
 *   OptionValueError
 *
 * @example
 * ```ts
 * import { evaluateScores } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 0], [1, 1], [0, 0]];
 * const yProb = [[0.9, 0.2], [0.6, 0.1], [0.7, 0.4], [0.2, 0.3]];
 * const evaluation = evaluateScores(yTrue, yProb, { labels: ['Smiling', 'Bald'], threshold: [0.5, 0.35] });
 * console.log(evaluation.macro.auc, evaluation.macro.f1, evaluation.atHalf.macro.recall); // 1 0.9 0.5
 * console.log(evaluation.perClass[1].baseRate, evaluation.baseline.accuracy); // 0.25 0.625
 * console.log(evaluation.neverPredicted, evaluation.neverPredictedAtHalf); // [] [ 'Bald' ]
 * ```
 */
export function evaluateScores(
  yTrue: MatrixInput,
  yProb: MatrixInput,
  options: EvaluateScoresOptions = {},
): ScoreEvaluation {
  checkOptions('evaluateScores', options, evaluationRules);
  const { threshold = 0.5, comparison, bins, intervals = false } = options;
  const inputs = checkProbabilities('evaluateScores', yTrue, yProb, options);
  const { columns } = inputs;
  const labels = options.labels ?? Array.from({ length: columns }, (_, column) => String(column));
  const resampling = intervals === true ? {} : intervals || undefined;
  const confidence = resampling && (resampling.confidence ?? CONFIDENCE);
  const ranked = rankColumns(inputs, confidence !== undefined);
  const reportAt = (at: number | ArrayLike<number>) =>
    reportOf('evaluateScores', inputs, ranked, {
      labels,
      undefined: 'skip',
      threshold: at,
      ...(comparison && { comparison }),
      ...(confidence !== undefined && { confidence }),
    });
  const report = reportAt(threshold);
  const thresholds =
    typeof threshold === 'number'
      ? labels.map(() => threshold)
      : Array.from({ length: columns }, (_, at) => threshold[at]);
  const decoded = decodedOf(inputs);
  const perClass = perClassOf(report, thresholds, decoded, bins);
  const mean = (of: (one: ClassEvaluation) => number) => meanOf(perClass.map(of), 'skip');
  const half = reportAt(0.5);
  const evaluation = {
    ...report,
    rows: inputs.rows,
    labels: [...labels],
    thresholds,
    perClass,
    atHalf: printable(half, (data, width) => formatReport(data, { ...(width && { width }) })),
    calibrationError: mean((one) => one.calibrationError),
    logLoss: mean((one) => one.logLoss),
    brier: mean((one) => one.brier),
    baseline: meanBaseline(perClass.map((one) => one.baseline)),
    neverPredicted: neverPredicted(report),
    neverPredictedAtHalf: neverPredicted(half),
    ...(resampling && {
      intervals: intervalsOfAverages(decoded, resampling, {
        threshold,
        ...(comparison && { comparison }),
      }),
    }),
    yTrue: decoded.yTrue,
    yScore: decoded.yScore,
    ...(decoded.mask && { known: decoded.mask }),
  };
  const { yTrue: _, yScore: __, known: ___, ...numbers } = evaluation as Omit<ScoreEvaluation, 'toJSON'>;
  Object.defineProperty(evaluation, 'toJSON', { value: () => numbers });
  return printable(evaluation as unknown as ScoreEvaluation, (data, width) =>
    formatEvaluation(data, { ...(width && { width }) }),
  );
}

interface Decoded {
  readonly yTrue: Matrix & { readonly data: Uint8Array };
  readonly yScore: Matrix & { readonly data: Float32Array | Float64Array };
  readonly mask?: Matrix & { readonly data: Uint8Array };
}

function decodedOf({ rows, columns, truth, scores, known }: CheckedInputs): Decoded {
  const shape = [rows, columns];
  return {
    yTrue: { data: truth, shape },
    yScore: { data: scores, shape },
    ...(known && { mask: { data: known, shape } }),
  };
}

function perClassOf(
  { perClass }: Pick<ClassificationReport, 'perClass'>,
  thresholds: readonly number[],
  { yTrue, yScore, mask }: Decoded,
  bins: number | undefined,
): ClassEvaluation[] {
  const options = { average: 'none' as const, ...(mask && { mask }) };
  const calibrationErrors = expectedCalibrationError(yTrue, yScore, { ...options, ...(bins && { bins }) });
  const losses = logLoss(yTrue, yScore, options);
  const briers = brierScoreLoss(yTrue, yScore, options);
  return perClass.map((one, column) => {
    const known = one.tp + one.fp + one.fn + one.tn;
    const baseRate = one.support / known;
    return {
      ...one,
      threshold: thresholds[column],
      known,
      baseRate,
      predicted: one.tp + one.fp,
      calibrationError: calibrationErrors[column],
      logLoss: losses[column],
      brier: briers[column],
      baseline: baselineOf(baseRate),
    };
  });
}

function neverPredicted({ perClass }: Pick<ClassificationReport, 'perClass'>): string[] {
  return perClass.filter(({ tp, fp }) => tp + fp === 0).map(({ label }) => label);
}

function intervalsOfAverages(
  { yTrue, yScore, mask }: Decoded,
  options: EvaluationIntervalOptions,
  decisions: Pick<EvaluateScoresOptions, 'threshold' | 'comparison'>,
): EvaluationIntervals {
  const { confidence = CONFIDENCE, method = 'percentile', resamples = 1000 } = options;
  const average = { average: 'macro', undefined: 'skip', ...(mask && { mask }) } as const;
  const of = (metric: BootstrapMetric<number>, more: object = {}) => {
    const { low, high } = bootstrap(metric, yTrue, yScore, {
      ...options,
      method,
      resamples,
      metricOptions: { ...average, ...more },
    });
    return { low, high };
  };
  return {
    confidence,
    method,
    resamples,
    macro: {
      auc: of(rocAucScore),
      averagePrecision: of(averagePrecisionScore),
      f1: of(f1Score, decisions),
    },
  };
}
