import type { MatrixInput } from '../../matrix-input';
import type { CurveCounts } from './curve-of-runs';
import type { CurveAverage, CurveOptions, Curves } from './curve-options';
import { drawCurves } from './draw-curves';
import { dropLevel } from './drop-level';

/** One precision-recall curve. `precision` and `recall` have one point more than `thresholds`. */
export interface PrecisionRecallCurve {
  /** At each threshold, and 1 at the end. */
  readonly precision: Float64Array;
  /** Descending: at each threshold, and 0 at the end. */
  readonly recall: Float64Array;
  /**
   * The distinct scores, ascending. A row is predicted positive if its score is at or above the threshold.
   */
  readonly thresholds: Float64Array;
}

/**
 * The precision-recall curve of each class, or of all pairs.
 *
 * One point per distinct score t: precision tp / (tp + fp) and recall tp / #positives of the rows with score
 * ≥ t. The last point is recall 0, precision 1 (scikit-learn's `precision_recall_curve`). The area under the
 * steps is {@link averagePrecisionScore}; straight lines between the points give too large an area (Davis and
 * Goadrich 2006).
 *
 * - `dropIntermediate` keeps only the two outer points of those with the same recall. It is off by default,
 *   as in scikit-learn.
 * - Without positives, recall is NaN except at its last point (scikit-learn: 1, with a warning).
 * - The result is a list with one curve per class, even for one class, unless `average` is `'micro'`.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { precisionRecallCurve } from '@thawjs/metrics';
 *
 * const [curve] = precisionRecallCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * console.log([...curve.precision]); // [ 0.5, 0.6666666666666666, 0.5, 1, 1 ]
 * console.log([...curve.recall]); // [ 1, 1, 0.5, 0.5, 0 ]
 * console.log([...curve.thresholds]); // [ 0.1, 0.35, 0.4, 0.8 ]
 * ```
 */
export function precisionRecallCurve<A extends CurveAverage = 'none'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: CurveOptions<A> = {},
): Curves<PrecisionRecallCurve, A> {
  const { dropIntermediate = false } = options;
  return drawCurves(
    'precisionRecallCurve',
    (counts) => toCurve(dropIntermediate ? dropLevel(counts) : counts),
    yTrue,
    yScore,
    options,
  );
}

function toCurve({ scores, truePositives, falsePositives }: CurveCounts): PrecisionRecallCurve {
  const corners = scores.length;
  const positives = truePositives[corners - 1] ?? 0;
  const precision = new Float64Array(corners + 1);
  const recall = new Float64Array(corners + 1);
  for (let at = 0; at < corners; at++) {
    const hits = truePositives[at];
    precision[corners - 1 - at] = hits / (hits + falsePositives[at]);
    recall[corners - 1 - at] = hits / positives;
  }
  precision[corners] = 1;
  return { precision, recall, thresholds: scores.slice().reverse() };
}
