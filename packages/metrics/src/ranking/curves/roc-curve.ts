import type { MatrixInput } from '../../matrix-input';
import { type CurveCounts, keepCorners } from './curve-of-runs';
import type { CurveAverage, CurveOptions, Curves } from './curve-options';
import { drawCurves } from './draw-curves';
import { withOrigin } from './with-origin';

/** One ROC curve, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** False positive rate, ascending. */
  readonly fpr: Float64Array;
  /** True positive rate, ascending. */
  readonly tpr: Float64Array;
  /**
   * Descending, the first is Infinity. A row is predicted positive if its score is at or above the threshold.
   */
  readonly thresholds: Float64Array;
}

/**
 * The ROC curve of each class, or of all pairs: the true positive rate against the false positive rate.
 *
 * One point per distinct score t: fpr = #{negatives with score ≥ t} / #negatives, and tpr = #{positives with
 * score ≥ t} / #positives. The first point is (0, 0) (scikit-learn's `roc_curve`). The trapezoidal area under
 * the curve is {@link rocAucScore}.
 *
 * - `dropIntermediate`, on by default as in scikit-learn, leaves out points on a straight line between their
 *   neighbours.
 * - Without negatives all values of `fpr` are NaN, without positives those of `tpr`, as in scikit-learn.
 * - The result is a list with one curve per class, even for one class, unless `average` is `'micro'`. There
 *   is no macro average, because the mean of several curves has no thresholds; take the macro
 *   {@link rocAucScore}.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { rocCurve } from '@thawjs/metrics';
 *
 * const [curve] = rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * console.log([...curve.fpr]); // [ 0, 0, 0.5, 0.5, 1 ]
 * console.log([...curve.tpr]); // [ 0, 0.5, 0.5, 1, 1 ]
 * console.log([...curve.thresholds]); // [ Infinity, 0.8, 0.4, 0.35, 0.1 ]
 * ```
 */
export function rocCurve<A extends CurveAverage = 'none'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: CurveOptions<A> = {},
): Curves<RocCurve, A> {
  const { dropIntermediate = true } = options;
  return drawCurves(
    'rocCurve',
    (counts) => toRocCurve(dropIntermediate ? dropStraight(counts) : counts),
    yTrue,
    yScore,
    options,
  );
}

function toRocCurve(counts: CurveCounts): RocCurve {
  const { scores, truePositives, falsePositives } = withOrigin(counts);
  const positives = truePositives.at(-1)!;
  const negatives = falsePositives.at(-1)!;
  return {
    fpr: falsePositives.map((count) => count / negatives),
    tpr: truePositives.map((count) => count / positives),
    thresholds: scores,
  };
}

/** Removes corners at which both counts rise by the same steps before and after. */
function dropStraight(counts: CurveCounts): CurveCounts {
  const last = counts.scores.length - 1;
  const bends = (values: Float64Array, at: number) =>
    values[at + 1] - values[at] !== values[at] - values[at - 1];
  return keepCorners(
    counts,
    (at) => at === 0 || at === last || bends(counts.truePositives, at) || bends(counts.falsePositives, at),
  );
}
