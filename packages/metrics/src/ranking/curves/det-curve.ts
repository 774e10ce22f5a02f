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
  /** Ascending: a row is predicted positive where its score is at or above. */
  readonly thresholds: Float64Array;
}

/**
 * The detection error tradeoff curve of each class, or of all pairs: false negative against false positive rate.
 *
 * A point a distinct score, as {@link rocCurve}'s with fnr = 1 − tpr (Martin et al. 1997; scikit-learn's `det_curve`). It runs from the
 * highest threshold that misses nothing to the lowest without a false positive, which may be Infinity. Plot it on normal deviates.
 *
 * - `dropIntermediate`, off by default as in scikit-learn, keeps of the points of one false negative rate only the two outer ones.
 * - A class with one kind of label has no curve: its arrays are empty (scikit-learn throws).
 * - Always a list with one curve a class, also for one class, unless `average` is `'micro'`.
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
