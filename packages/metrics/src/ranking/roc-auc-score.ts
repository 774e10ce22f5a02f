import { checkInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import { rocAucRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged, InputOptions, UndefinedPolicy } from '../options';
import { partialRocArea } from './roc-area';
import { scoreClasses } from './score-classes';

/** Options of the areas under a curve. */
export interface RankingOptions<A extends Average = Average> extends InputOptions {
  /** Default `'macro'`. */
  readonly average?: A;
  /** What to do with a class for which the metric is not defined. Default `'nan'`. */
  readonly undefined?: UndefinedPolicy;
}

/** Options of {@link rocAucScore}. */
export interface RocAucOptions<A extends Average = Average> extends RankingOptions<A> {
  /**
   * Only the part of the curve up to this false positive rate counts, in (0, 1]; its area is standardised.
   * Default 1: the whole curve.
   */
  readonly maxFpr?: number;
}

/**
 * The area under the ROC curve of each class, or its average: exact, ties included.
 *
 * AUC = (#{(p, n): s_p > s_n} + ½ #{(p, n): s_p = s_n}) / (P·N) over all pairs of a positive and a negative row, which
 * equals the trapezoidal area under the ROC curve (Hanley and McNeil 1982; scikit-learn's `roc_auc_score`).
 *
 * - Labels are 0/1, scores any finite numbers: only their order matters, so probabilities and logits give the same.
 * - Range [0, 1]; 0.5 for constant scores. −0 and 0 are a tie.
 * - A class whose labels are all the same is NaN, and so is an average over it, unless `undefined` is
 *   `'skip'` or a number (scikit-learn: NaN with a warning; Keras and torchmetrics: 0).
 *   {@link undefinedClasses} names such classes.
 * - `'micro'` pools all (row, class) pairs. `'weighted'` weighs each class by its positives: a class without
 *   positives is left out, as in scikit-learn, and the average is NaN if no class has positives
 *   (scikit-learn: 0). `'samples'` takes the area of each row over its classes, and averages over the rows.
 * - `maxFpr` takes the area a of the curve's left part, of width m, and gives (1 + (a − m²/2) / (m − m²/2)) /
 *   2 (McClish 1989): ½ without skill, 1 at best. This is scikit-learn's `max_fpr`, which takes one column
 *   only.
 * - With `sampleWeight` the weight of a pair is the product of its rows' weights.
 * - Pairs are counted in integers: the result is the correctly rounded quotient up to 2^53 half pairs.
 * - Cost: O(rows) per class for `Float32Array` scores: those of the rarer label are radix sorted, the others
 *   are counted against them. O(rows · log rows) for other scores. With weights it is several times as much.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape; not passed through a sigmoid
 * @returns one value per class for `average: 'none'`, else a number
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { rocAucScore } from '@thawjs/metrics';
 *
 * const yTrue = [[0, 1], [0, 1], [1, 0], [1, 1]];
 * const yScore = [[0.1, 0.8], [0.4, 0.8], [0.35, 0.8], [0.8, 0.9]];
 * console.log(rocAucScore(yTrue, yScore, { average: 'none' })); // Float64Array(2) [ 0.75, 0.6666666666666666 ]
 * console.log(rocAucScore(yTrue, yScore)); // 0.7083333333333333
 * console.log(rocAucScore([1, 1], [0.2, 0.9])); // NaN
 * ```
 */
export function rocAucScore<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: RocAucOptions<A> = {},
): Averaged<A> {
  checkOptions('rocAucScore', options, rocAucRules);
  const { average = 'macro' as A, undefined: policy = 'nan', maxFpr = 1 } = options;
  return scoreClasses(
    checkInputs('rocAucScore', yTrue, yScore, options),
    partialRocArea(maxFpr),
    average,
    policy,
  );
}
