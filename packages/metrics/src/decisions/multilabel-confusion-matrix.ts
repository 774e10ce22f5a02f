import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import { flag, thresholdRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { ThresholdOptions } from '../options';
import { countCells } from './count-cells';

/** A 2×2 table: the labels 0 and 1 as rows, the predictions 0 and 1 as columns. */
export type ConfusionMatrix = readonly [
  readonly [trueNegatives: number, falsePositives: number],
  readonly [falseNegatives: number, truePositives: number],
];

/** Options of {@link multilabelConfusionMatrix}. */
export interface MultilabelConfusionMatrixOptions extends ThresholdOptions {
  /** Whether to give one table per row, over its classes, instead of one per class. Default `false`. */
  readonly samplewise?: boolean;
}

const rules = { ...thresholdRules, samplewise: flag };

/**
 * The 2×2 table of each class at a threshold, or of each row.
 *
 * `[[tn, fp], [fn, tp]]` (scikit-learn's `multilabel_confusion_matrix`); {@link confusionCounts} gives the
 * same numbers as four arrays. Cells with an unknown label aren't counted. With `sampleWeight`, the cells of
 * a row count by its weight, in the row's own table, too.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one table per class, in the order of the columns; with `samplewise`, one table per row
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { multilabelConfusionMatrix } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 0], [1, 1]];
 * const yScore = [[0.9, 0.2], [0.5, 0.1], [0.3, 0.7]];
 * const [smiling, bald] = multilabelConfusionMatrix(yTrue, yScore);
 * console.log(smiling, bald); // [ [ 0, 1 ], [ 1, 1 ] ] [ [ 2, 0 ], [ 0, 1 ] ]
 * ```
 */
export function multilabelConfusionMatrix(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: MultilabelConfusionMatrixOptions = {},
): ConfusionMatrix[] {
  const metric = 'multilabelConfusionMatrix';
  checkOptions(metric, options, rules);
  const inputs = checkDecisions(metric, yTrue, yScore, options);
  const { samplewise = false } = options;
  const { tp, fp, fn, tn } = countCells(metric, inputs, options, samplewise ? 'row' : 'column');
  return Array.from(tp, (hits, at): ConfusionMatrix => {
    const weight = samplewise ? (inputs.weights?.[at] ?? 1) : 1;
    return [
      [weight * tn[at], weight * fp[at]],
      [weight * fn[at], weight * hits],
    ];
  });
}
