import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import { fbetaRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import { averageRatio, poolCells } from './average-ratio';
import { countCells } from './count-cells';
import { fbeta, precision, recall } from './ratio';
import type { AveragedRatioOptions } from './score-ratio';

/** Options of {@link precisionRecallFscoreSupport}. */
export interface FbetaOptions<A extends Average = Average> extends AveragedRatioOptions<A> {
  /** Default `'none'`, as in scikit-learn. */
  readonly average?: A;
  /** The weight of recall relative to precision in F-beta. Default 1. */
  readonly beta?: number;
}

/** The result of {@link precisionRecallFscoreSupport}. */
export interface PrecisionRecallFscoreSupport<A extends Average> {
  readonly precision: Averaged<A>;
  readonly recall: Averaged<A>;
  readonly fscore: Averaged<A>;
  /** The number of positives of each class; in an average, of all classes together. */
  readonly support: Averaged<A>;
}

/**
 * Precision, recall, F-beta and the number of positives. All are computed from the same counts.
 *
 * F-beta = (1 + β²) tp / ((1 + β²) tp + β² fn + fp) (scikit-learn's `precision_recall_fscore_support`). Conventions and
 * averages are those of {@link precisionScore}, {@link recallScore} and {@link f1Score}; `support` of an average is
 * the total of the positives, where scikit-learn gives None.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { precisionRecallFscoreSupport } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 1], [1, 1], [1, 0]];
 * const yScore = [[0.9, 0.2], [0.8, 0.1], [0.3, 0.7], [0.6, 0.4]];
 * const { precision, support } = precisionRecallFscoreSupport(yTrue, yScore);
 * console.log(precision); // Float64Array(2) [ 0.6666666666666666, 1 ]
 * console.log(support); // Float64Array(2) [ 3, 2 ]
 * console.log(precisionRecallFscoreSupport(yTrue, yScore, { average: 'micro', beta: 2 }).fscore); // 0.625
 * ```
 */
export function precisionRecallFscoreSupport<A extends Average = 'none'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: FbetaOptions<A> = {},
): PrecisionRecallFscoreSupport<A> {
  const metric = 'precisionRecallFscoreSupport';
  checkOptions(metric, options, fbetaRules);
  const { average = 'none' as A, beta = 1 } = options;
  const inputs = checkDecisions(metric, yTrue, yScore, options);
  const cells = countCells(metric, inputs, options, average === 'samples' ? 'row' : 'column');
  const supportOf = (tp: number, _fp: number, fn: number) => tp + fn;
  return {
    precision: averageRatio(cells, precision, average, options),
    recall: averageRatio(cells, recall, average, options),
    fscore: averageRatio(cells, fbeta(beta), average, options),
    support: averageRatio(
      average === 'none' ? cells : poolCells(cells),
      supportOf,
      average === 'none' ? average : ('micro' as A),
      {},
    ),
  };
}
