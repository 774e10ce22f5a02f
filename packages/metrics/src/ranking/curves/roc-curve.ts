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
  /** Descending, the first Infinity: a row is predicted positive where its score is at or above. */
  readonly thresholds: Float64Array;
}

/**
 * The ROC curve of each class, or of all pairs: true against false positive rate as the threshold falls.
 *
 * A point a distinct score t: fpr = #{negatives with score ≥ t} / #negatives, tpr = #{positives with score ≥ t} / #positives, and
 * (0, 0) before them (scikit-learn's `roc_curve`). The trapezoidal area under it is {@link rocAucScore}.
 *
 * - `dropIntermediate`, on by default as in scikit-learn, leaves out points on a straight line between their neighbours.
 * - Without negatives `fpr`, without positives `tpr` is NaN throughout, as in scikit-learn.
 * - Always a list with one curve a class, also for one class, unless `average` is `'micro'`. The mean of classes' curves has no
 *   thresholds; average what you need of them, or take the macro {@link rocAucScore}.
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

/** Without corners where neither count changes its pace. */
function dropStraight(counts: CurveCounts): CurveCounts {
  const last = counts.scores.length - 1;
  const bends = (values: Float64Array, at: number) =>
    values[at + 1] - values[at] !== values[at] - values[at - 1];
  return keepCorners(
    counts,
    (at) => at === 0 || at === last || bends(counts.truePositives, at) || bends(counts.falsePositives, at),
  );
}
