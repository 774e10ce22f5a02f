import type { MatrixInput } from '../../matrix-input';
import type { CurveCounts } from './curve-of-runs';
import type { CurveAverage, CurveOptions, Curves } from './curve-options';
import { drawCurves } from './draw-curves';
import { dropLevel } from './drop-level';
import { withOrigin } from './with-origin';

/** One DET curve. */
export interface DetCurve {
  /** False positive rate, descending. */
  readonly fpr: Float64Array;
  /** False negative rate, ascending. */
  readonly fnr: Float64Array;
  /** Ascending. A row is predicted positive if its score is at or above the threshold. */
  readonly thresholds: Float64Array;
}

/**
 * The detection error tradeoff curve of each class, or of all pairs: false negative against false positive rate.
 *
 * One point per distinct score, as in {@link rocCurve}, with fnr = 1 − tpr (Martin et al. 1997;
 * scikit-learn's `det_curve`). The curve starts at the highest threshold that misses no positive. It ends at
 * the lowest threshold without a false positive, which may be Infinity. It is usually plotted on the scale of
 * normal deviates.
 *
 * - `dropIntermediate` keeps only the two outer points of those with the same false negative rate. It is off
 *   by default, as in scikit-learn.
 * - A class whose labels are all the same has no curve: its arrays are empty (scikit-learn throws).
 * - The result is a list with one curve per class, even for one class, unless `average` is `'micro'`.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { detCurve } from '@thawjs/metrics';
 *
 * const [curve] = detCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * console.log([...curve.fpr]); // [ 0.5, 0.5, 0 ]
 * console.log([...curve.fnr]); // [ 0, 0.5, 0.5 ]
 * console.log([...curve.thresholds]); // [ 0.35, 0.4, 0.8 ]
 * ```
 */
export function detCurve<A extends CurveAverage = 'none'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: CurveOptions<A> = {},
): Curves<DetCurve, A> {
  const { dropIntermediate = false } = options;
  return drawCurves(
    'detCurve',
    (counts) => {
      const whole = withOrigin(counts);
      return toCurve(dropIntermediate ? dropLevel(whole) : whole);
    },
    yTrue,
    yScore,
    options,
  );
}

function toCurve({ scores, truePositives, falsePositives }: CurveCounts): DetCurve {
  const positives = truePositives.at(-1)!;
  const negatives = falsePositives.at(-1)!;
  if (positives === 0 || negatives === 0)
    return { fpr: new Float64Array(0), fnr: new Float64Array(0), thresholds: new Float64Array(0) };
  const first = falsePositives.lastIndexOf(0);
  const end = truePositives.indexOf(positives) + 1;
  const part = (values: Float64Array) => values.slice(first, end).reverse();
  return {
    fpr: part(falsePositives).map((count) => count / negatives),
    fnr: part(truePositives).map((count) => (positives - count) / positives),
    thresholds: part(scores),
  };
}
